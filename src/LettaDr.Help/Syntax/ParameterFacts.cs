namespace LettaDr.Help;

/// <summary>What a page's yaml block tells of a parameter: all that is generated from the cmdlet.</summary>
internal sealed record ParameterFacts
{
    /// <summary>What stands for all parameter sets.</summary>
    public const string AllSets = "(All)";

    /// <summary>Type of the value, e.g. <c>String[]</c> or <c>SwitchParameter</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The parameter sets that this tells of; empty for all of them.</summary>
    public IReadOnlyList<string> ParameterSets { get; init; } = [];

    /// <summary>Other names.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The values that alone are accepted; empty when any is.</summary>
    public IReadOnlyList<string> AcceptedValues { get; init; } = [];

    /// <summary>Whether it must be given.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Its position among the arguments without names, from 0; null when it goes by its name only.</summary>
    public int? Position { get; init; }

    /// <summary>What holds when it is not given: a value, or a few words.</summary>
    public string DefaultValue { get; init; } = "None";

    /// <summary>How it takes its value from the pipeline.</summary>
    public PipelineInput PipelineInput { get; init; }

    /// <summary>Whether wildcards in its value have their meaning.</summary>
    public bool AcceptsWildcards { get; init; }

    /// <summary>Whether it is a switch.</summary>
    public bool IsSwitch => Type == "SwitchParameter";

    /// <summary>Whether this tells of that parameter set; null stands for a set without a name.</summary>
    public bool AppliesTo(string? parameterSet) =>
        ParameterSets.Count == 0 || (parameterSet is not null && ParameterSets.Contains(parameterSet));

    /// <summary>The yaml block's keys and values, in their order, with nothing for a key without a value.</summary>
    public IReadOnlyList<(string Key, string Value)> ToEntries()
    {
        List<(string, string)> entries =
        [
            ("Type", Type),
            ("Parameter Sets", ParameterSets.Count == 0 ? AllSets : string.Join(", ", ParameterSets)),
            ("Aliases", string.Join(", ", Aliases)),
        ];
        if (AcceptedValues.Count > 0)
        {
            entries.Add(("Accepted values", string.Join(", ", AcceptedValues)));
        }

        entries.AddRange(
        [
            ("Required", IsRequired ? "True" : "False"),
            ("Position", Position is { } position ? $"{position}" : "Named"),
            ("Default value", DefaultValue),
            ("Accept pipeline input", PipelineInput == PipelineInput.None ? "False" : $"True ({PipelineInput})"),
            ("Accept wildcard characters", AcceptsWildcards ? "True" : "False"),
        ]);
        return entries;
    }

    /// <summary>The yaml block, fences included, as pages have it.</summary>
    public override string ToString()
    {
        var lines = ToEntries().Select(entry => $"{entry.Key}: {entry.Value}".TrimEnd()).ToList();
        lines.Insert(lines.FindIndex(line => line.StartsWith("Required:", StringComparison.Ordinal)), "");
        return $"```yaml\n{string.Join('\n', lines)}\n```";
    }
}
