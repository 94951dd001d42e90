using System.Management.Automation;
using System.Numerics;
using Newtonsoft.Json;

namespace LettaDr.Console.Commands;

/// <summary>Reads JSON into objects the way ConvertFrom-Json does, by the same library as pwsh.</summary>
internal sealed class ObjectJsonReader(bool asTables, int depth)
{
    /// <summary>Reads one value.</summary>
    /// <exception cref="JsonException">It is not JSON, or something follows it, or two names of an object are the same.</exception>
    public object? Read(string text)
    {
        using var reader = new JsonTextReader(new StringReader(text)) { MaxDepth = depth };
        Advance(reader);
        object? value = Value(reader);
        while (reader.Read())
        {
            if (reader.TokenType != JsonToken.Comment)
            {
                throw new JsonReaderException("Additional text found after the JSON value" + Place(reader));
            }
        }

        return value;
    }

    private static string Place(JsonTextReader reader) => $", line {reader.LineNumber}, position {reader.LinePosition}.";

    private static void Advance(JsonTextReader reader)
    {
        do
        {
            if (!reader.Read())
            {
                throw new JsonReaderException("Unexpected end" + Place(reader));
            }
        }
        while (reader.TokenType == JsonToken.Comment);
    }

    private object? Value(JsonTextReader reader) => reader.TokenType switch
    {
        JsonToken.StartObject => asTables ? Table(reader) : Custom(reader),
        JsonToken.StartArray => List(reader),
        JsonToken.Null or JsonToken.Undefined => null,
        JsonToken.Integer when reader.Value is BigInteger big => (double)big > (double)decimal.MaxValue ? (double)big : big,
        JsonToken.String or JsonToken.Integer or JsonToken.Float or JsonToken.Boolean or JsonToken.Date => reader.Value,
        _ => throw new JsonReaderException($"Unexpected {reader.TokenType}" + Place(reader)),
    };

    private object?[] List(JsonTextReader reader)
    {
        var values = new List<object?>();
        for (Advance(reader); reader.TokenType != JsonToken.EndArray; Advance(reader))
        {
            values.Add(Value(reader));
        }

        return [.. values];
    }

    private PSObject Custom(JsonTextReader reader)
    {
        var made = new PSObject();
        foreach ((string name, object? value) in Members(reader))
        {
            if (name.Length == 0)
            {
                throw new JsonReaderException("The JSON holds a name that is empty; -AsHashtable takes it.");
            }

            if (made.Properties[name] is { } same)
            {
                throw new JsonReaderException(
                    $"The JSON holds the names '{same.Name}' and '{name}', which a property cannot tell apart; -AsHashtable can.");
            }

            made.Properties.Add(new PSNoteProperty(name, value));
        }

        return made;
    }

    private OrderedHashtable Table(JsonTextReader reader)
    {
        var table = new OrderedHashtable();
        foreach ((string name, object? value) in Members(reader))
        {
            table[name] = value;
        }

        return table;
    }

    private IEnumerable<(string Name, object? Value)> Members(JsonTextReader reader)
    {
        for (Advance(reader); reader.TokenType != JsonToken.EndObject; Advance(reader))
        {
            string name = (string)reader.Value!;
            Advance(reader);
            yield return (name, Value(reader));
        }
    }
}
