using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Numerics;
using Newtonsoft.Json;

namespace LettaDr.Console.Commands;

/// <summary>Writes objects as JSON the way ConvertTo-Json does, by the same library as pwsh.</summary>
internal sealed class ObjectJsonWriter(int depth, bool enumsAsText, bool compress)
{
    /// <summary>Whether something lay too deep and was written as its text.</summary>
    public bool Truncated { get; private set; }

    /// <summary>Writes a value.</summary>
    public string Write(object? value)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var json = new JsonTextWriter(text) { Formatting = compress ? Formatting.None : Formatting.Indented })
        {
            Write(json, value, 0);
        }

        return text.ToString();
    }

    private void Write(JsonTextWriter json, object? value, int level)
    {
        object? bare = value is PSObject wrapped ? wrapped.BaseObject : value;
        switch (bare)
        {
            case null or DBNull:
                json.WriteNull();
                break;
            case string or char or bool or DateTime or DateTimeOffset or Guid or decimal or double or float or Uri:
                json.WriteValue(bare);
                break;
            case BigInteger big:
                json.WriteRawValue(big.ToString(CultureInfo.InvariantCulture));
                break;
            case Enum when enumsAsText:
                json.WriteValue(bare.ToString());
                break;
            case Enum:
                json.WriteValue(Convert.ChangeType(bare, Enum.GetUnderlyingType(bare.GetType()), CultureInfo.InvariantCulture));
                break;
            case byte or sbyte or short or ushort or int or uint or long or ulong:
                json.WriteValue(bare);
                break;
            case SwitchParameter flag:
                WriteObject(json, [("IsPresent", flag.IsPresent)], level);
                break;
            default:
                WriteComposite(json, value!, bare, level);
                break;
        }
    }

    private void WriteComposite(JsonTextWriter json, object value, object bare, int level)
    {
        if (level > depth)
        {
            Truncated = true;
            string text = bare is PSCustomObject
                ? PSObject.AsPSObject(value).ToString()
                : LanguagePrimitives.ConvertTo<string>(value);
            json.WriteValue(text);
            return;
        }

        switch (bare)
        {
            case IDictionary table:
                WriteObject(json, table.Cast<DictionaryEntry>().Select(entry => (entry.Key.ToString()!, entry.Value)), level);
                break;
            case IEnumerable values:
                json.WriteStartArray();
                foreach (object? item in values)
                {
                    Write(json, item, level + 1);
                }

                json.WriteEndArray();
                break;
            default:
                WriteObject(json, Properties(PSObject.AsPSObject(value)), level);
                break;
        }
    }

    private void WriteObject(JsonTextWriter json, IEnumerable<(string Name, object? Value)> properties, int level)
    {
        json.WriteStartObject();
        foreach ((string name, object? value) in properties)
        {
            json.WritePropertyName(name);
            Write(json, value, level + 1);
        }

        json.WriteEndObject();
    }

    private static IEnumerable<(string Name, object? Value)> Properties(PSObject value)
    {
        foreach (PSPropertyInfo property in value.Properties.Where(property => property.IsGettable))
        {
            object? found = null;
            try
            {
                found = property.Value;
            }
            catch (GetValueException)
            {
                // A property that cannot be read is written as null, as pwsh does.
            }

            yield return (property.Name, found);
        }
    }
}
