namespace LettaDr;

/// <summary>One step of a runbook as it is planned.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Description">What is done.</param>
/// <param name="Runs">The cmdlets that do the same alone.</param>
public sealed record RunbookStep(RunbookStepKind Kind, string Description, string Runs)
{
    /// <inheritdoc/>
    public override string ToString() => Kind.ToString();
}
