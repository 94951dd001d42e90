using System.Globalization;

namespace LettaDr.Help;

/// <summary>
/// Reads the yaml block of a parameter. Its values are plain text to the end of the line, as PlatyPS has them.
/// </summary>
internal static class ParameterFactsParser
{
    private static readonly HashSet<string> Required =
    [
        "Type", "Parameter Sets", "Aliases", "Required", "Position", "Default value", "Accept pipeline input",
        "Accept wildcard characters",
    ];

    /// <summary>Reads a block.</summary>
    /// <param name="yaml">Its lines, without the fences.</param>
    /// <exception cref="FormatException">A key is missing, unknown or has a value that it cannot have.</exception>
    public static ParameterFacts Parse(string yaml)
    {
        var entries = ReadEntries(yaml);
        var missing = Required.Where(key => !entries.ContainsKey(key)).ToList();
        if (missing.Count > 0)
        {
            throw new FormatException($"the yaml block has no \"{string.Join("\", \"", missing)}\"");
        }

        var sets = entries["Parameter Sets"];
        return new ParameterFacts
        {
            Type = entries["Type"] is { Length: > 0 } type ? type : throw new FormatException("the yaml's Type is empty"),
            ParameterSets = sets == ParameterFacts.AllSets ? [] : List(sets),
            Aliases = List(entries["Aliases"]),
            AcceptedValues = List(entries.GetValueOrDefault("Accepted values", "")),
            IsRequired = Boolean(entries, "Required"),
            Position = Position(entries["Position"]),
            DefaultValue = entries["Default value"] is { Length: > 0 } value ? value : "None",
            PipelineInput = Pipeline(entries["Accept pipeline input"]),
            AcceptsWildcards = Boolean(entries, "Accept wildcard characters"),
        };
    }

    private static Dictionary<string, string> ReadEntries(string yaml)
    {
        Dictionary<string, string> entries = [];
        foreach (var line in yaml.Split('\n').Where(line => !string.IsNullOrWhiteSpace(line)))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var key = colon < 0 ? line : line[..colon];
            if (colon < 0 || (!Required.Contains(key) && key != "Accepted values"))
            {
                throw new FormatException($"the yaml block has no key \"{key.Trim()}\"");
            }

            if (!entries.TryAdd(key, line[(colon + 1)..].Trim()))
            {
                throw new FormatException($"the yaml block has \"{key}\" twice");
            }
        }

        return entries;
    }

    private static List<string> List(string value) =>
        [.. value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    private static bool Boolean(Dictionary<string, string> entries, string key) => entries[key] switch
    {
        "True" => true,
        "False" => false,
        var value => throw new FormatException($"\"{key}\" is \"{value}\" and must be True or False"),
    };

    private static int? Position(string value) =>
        value is "Named" or "named" ? null
        : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position
        : throw new FormatException($"\"Position\" is \"{value}\" and must be Named or a number from 0");

    private static PipelineInput Pipeline(string value) => value switch
    {
        "False" => PipelineInput.None,
        "True (ByValue)" => PipelineInput.ByValue,
        "True (ByPropertyName)" => PipelineInput.ByPropertyName,
        "True (ByPropertyName, ByValue)" => PipelineInput.ByPropertyName | PipelineInput.ByValue,
        _ => throw new FormatException(
            $"\"Accept pipeline input\" is \"{value}\" and must be False, True (ByValue), True (ByPropertyName) "
            + "or True (ByPropertyName, ByValue)"),
    };
}
