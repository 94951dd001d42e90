using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace LettaDr.Console;

/// <summary>Asks for values by name: what mandatory parameters show when they are left out.</summary>
internal sealed class FieldPrompt(Terminal terminal, LineReader reader)
{
    private const string HelpRequest = "!?";

    /// <summary>Asks for each field in turn, again while an answer does not fit its type.</summary>
    /// <returns>The values by the fields' names.</returns>
    public Dictionary<string, PSObject> Ask(string? caption, string? message, Collection<FieldDescription> fields)
    {
        if (!string.IsNullOrEmpty(caption))
        {
            terminal.WritePrompt("\n" + ConsoleColours.In(PSStyle.Instance.Bold, caption) + "\n");
        }

        if (!string.IsNullOrEmpty(message))
        {
            terminal.WritePrompt(message + "\n");
        }

        if (fields.Any(field => !string.IsNullOrEmpty(field.HelpMessage)))
        {
            terminal.WritePrompt($"(Type {HelpRequest} for Help.)\n");
        }

        var answers = new Dictionary<string, PSObject>();
        foreach (FieldDescription field in fields)
        {
            Type type = Type.GetType(field.ParameterAssemblyFullName) ?? typeof(string);
            answers[field.Name] = PSObject.AsPSObject(AskField(field, type));
        }

        return answers;
    }

    private object AskField(FieldDescription field, Type type)
    {
        if (type == typeof(SecureString))
        {
            terminal.WritePrompt(field.Name + ": ");
            return reader.ReadSecret();
        }

        if (type == typeof(PSCredential))
        {
            return new CredentialPrompt(terminal, reader).Ask(field.Name, field.HelpMessage, null)!;
        }

        if (type.IsArray)
        {
            return AskList(field, type.GetElementType()!);
        }

        while (true)
        {
            if (TryConvert(AskLine(field, field.Name), type, out object value))
            {
                return value;
            }
        }
    }

    private Array AskList(FieldDescription field, Type elementType)
    {
        var values = new List<object>();
        while (AskLine(field, $"{field.Name}[{values.Count}]") is { Length: > 0 } line)
        {
            if (TryConvert(line, elementType, out object value))
            {
                values.Add(value);
            }
        }

        Array array = Array.CreateInstance(elementType, values.Count);
        for (int i = 0; i < values.Count; i++)
        {
            array.SetValue(values[i], i);
        }

        return array;
    }

    private string AskLine(FieldDescription field, string label)
    {
        while (true)
        {
            terminal.WritePrompt(label + ": ");
            string line = reader.ReadLine();
            if (line.Trim() != HelpRequest)
            {
                return line;
            }

            bool hasHelp = !string.IsNullOrEmpty(field.HelpMessage);
            terminal.WritePrompt((hasHelp ? field.HelpMessage : $"No help is available for {field.Name}.") + "\n");
        }
    }

    private bool TryConvert(string line, Type type, out object value)
    {
        // The engine's parameter binder knows transformations that a conversion does not; text is what it expects for those.
        if (type == typeof(string) || type == typeof(object) || LanguagePrimitives.TryConvertTo(line, type, out value))
        {
            value = type == typeof(string) || type == typeof(object) ? line : LanguagePrimitives.ConvertTo(line, type);
            return true;
        }

        if (!type.IsPrimitive && !type.IsEnum)
        {
            value = line;
            return true;
        }

        terminal.WriteError($"'{line}' cannot be read as {type.Name}.\n");
        return false;
    }
}
