namespace LettaDr.Help;

/// <summary>A parameter as it was compiled.</summary>
/// <param name="Name">Name without its dash.</param>
/// <param name="Facts">What holds of it, one for each group of parameter sets that differ.</param>
/// <param name="DefaultValue">What a new cmdlet holds in it; null when that tells nothing.</param>
/// <param name="Summary">What the code says of it; empty when it says nothing.</param>
internal sealed record ParameterDescription(
    string Name, IReadOnlyList<ParameterFacts> Facts, string? DefaultValue, string Summary);
