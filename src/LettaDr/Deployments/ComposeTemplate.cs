using System.Runtime.CompilerServices;
using System.Text;

namespace LettaDr;

/// <summary>
/// Variables in Compose's texts: <c>$A</c>, <c>${A}</c>, <c>$$</c>, and <c>${A:-x}</c>, <c>${A-x}</c>, <c>${A:?e}</c>, <c>${A?e}</c>,
/// <c>${A:+x}</c>, <c>${A+x}</c>, whose second part may hold variables again. See "Interpolation" in the Compose file reference.
/// </summary>
/// <param name="lookup">The variable of a name, or null when it is not set.</param>
/// <param name="lenient">Leaves a lone <c>$</c> as it is, which Compose's own files may not have.</param>
internal sealed class ComposeTemplate(Func<string, SourcedText?> lookup, bool lenient = false)
{
    /// <summary>The text with its variables replaced.</summary>
    /// <param name="text">What is written in the file.</param>
    /// <param name="source">Where it is written; what came from variables is added to it in brackets.</param>
    /// <exception cref="LettaDrException">A variable that must be set is not, or the text is malformed.</exception>
    public SourcedText Expand(string text, string source)
    {
        if (!text.Contains('$', StringComparison.Ordinal))
        {
            return new SourcedText(text, source);
        }

        var origins = new List<string>();
        string value;
        try
        {
            value = Expand(text, source, origins);
        }
        catch (InsufficientExecutionStackException)
        {
            throw Malformed(source);
        }

        var distinct = string.Join(", ", origins.Distinct(StringComparer.Ordinal));
        return new SourcedText(value, distinct.Length == 0 ? source : $"{source} ({distinct})");
    }

    private string Expand(string text, string source, List<string> origins)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var result = new StringBuilder();
        for (var i = 0; i < text.Length;)
        {
            if (text[i] != '$')
            {
                result.Append(text[i++]);
                continue;
            }

            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            if (next == '$')
            {
                result.Append('$');
                i += 2;
            }
            else if (next == '{')
            {
                var end = ClosingBrace(text, i + 1);
                if (end < 0)
                {
                    throw Malformed(source);
                }

                result.Append(Substitute(text[(i + 2)..end], source, origins));
                i = end + 1;
            }
            else if (NameLength(text, i + 1) is var length and > 0)
            {
                result.Append(Substitute(text.Substring(i + 1, length), source, origins));
                i += 1 + length;
            }
            else if (lenient)
            {
                result.Append(text[i++]);
            }
            else
            {
                throw Malformed(source);
            }
        }

        return result.ToString();
    }

    /// <summary>Replaces what stands between the braces.</summary>
    private string Substitute(string expression, string source, List<string> origins)
    {
        var length = NameLength(expression, 0);
        var name = expression[..length];
        var rest = expression[length..];
        var emptyIsUnset = rest.StartsWith(':');
        var operation = rest.Length == 0 ? '\0' : emptyIsUnset && rest.Length > 1 ? rest[1] : rest[0];
        if (length == 0 || operation is not ('\0' or '-' or '?' or '+'))
        {
            throw Malformed(source);
        }

        var word = operation == '\0' ? string.Empty : rest[(emptyIsUnset ? 2 : 1)..];
        var found = lookup(name);
        var isSet = found is not null && !(emptyIsUnset && found.Value.Length == 0);
        switch (operation)
        {
            case '-' when !isSet:
                origins.Add($"default of ${{{name}{(emptyIsUnset ? ":-" : "-")}{Shown(name, word)}}}");
                return Expand(word, source, origins);
            case '?' when !isSet:
                throw new LettaDrException(
                    "ComposeVariableRequired", FaultKind.InvalidArgument,
                    $"{source} needs the variable {name}, which is not set{(word.Length > 0 ? $" ({SecretRedaction.Apply(Expand(word, source, origins))})" : string.Empty)}.",
                    $"Set {name} in the environment or in the .env file beside the Compose file.");
            case '+':
                return isSet ? Expand(word, source, origins) : string.Empty;
            default:
                origins.Add(found is null ? $"{name} is not set" : $"{name} from {found.Source}");
                return found?.Value ?? string.Empty;
        }
    }

    /// <summary>A default may itself be a password, or hold one.</summary>
    private static string Shown(string name, string word) =>
        SecretRedaction.IsSecretName(name) || word.Contains("://", StringComparison.Ordinal) || word.Length > 60 ? "…" : word;

    private static int ClosingBrace(string text, int open)
    {
        var depth = 0;
        for (var i = open; i < text.Length; i++)
        {
            depth += text[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
            {
                return i;
            }
        }

        return -1;
    }

    private static int NameLength(string text, int start)
    {
        var end = start;
        while (end < text.Length && (char.IsAsciiLetter(text[end]) || text[end] == '_'
            || (end > start && char.IsAsciiDigit(text[end]))))
        {
            end++;
        }

        return end - start;
    }

    private static LettaDrException Malformed(string source) => new(
        "ComposeTemplateInvalid", FaultKind.InvalidArgument, $"A variable in {source} is malformed.",
        "Write variables as $NAME or ${NAME:-default}, and a plain dollar sign as $$.");
}
