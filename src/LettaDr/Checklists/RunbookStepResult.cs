namespace LettaDr;

/// <summary>How one step of a runbook ended.</summary>
/// <param name="Step">Which.</param>
/// <param name="Outcome">Passed, Failed (it found what it tells, and the runbook went on or stopped by its rules) or NotRun.</param>
/// <param name="Evidence">What was done and seen.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Result">What it came to as an object, e.g. a <see cref="DamageAssessment"/> or <see cref="SystemRestoreResult"/>; null when there is none.</param>
public sealed record RunbookStepResult(RunbookStepKind Step, Outcome Outcome, string Evidence, TimeSpan Duration, object? Result = null)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Step}: {Outcome}";
}
