namespace LettaDr.Help;

/// <summary>A parameter's section.</summary>
/// <param name="Name">Name without its dash.</param>
/// <param name="FirstLine">Line of the heading, from 1.</param>
/// <param name="LastLine">Last line that belongs to the section.</param>
/// <param name="Description">The text.</param>
/// <param name="Facts">The yaml blocks: one, or one for each group of parameter sets that differ.</param>
/// <param name="FactLines">First and last line of each yaml block, fences included.</param>
internal sealed record PageParameter(
    string Name,
    int FirstLine,
    int LastLine,
    IReadOnlyList<ProseBlock> Description,
    IReadOnlyList<ParameterFacts> Facts,
    IReadOnlyList<(int First, int Last)> FactLines)
{
    /// <summary>What holds of the parameter in a parameter set; null when it is not in that set.</summary>
    public ParameterFacts? FactsFor(string? parameterSet) =>
        Facts.FirstOrDefault(facts => facts.AppliesTo(parameterSet));
}
