namespace LettaDr;

/// <summary>One step of a recovery test.</summary>
/// <param name="Name">What it does, e.g. <c>Restore the system</c>.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Observed">What was seen, in a sentence.</param>
public sealed record DrTestStep(string Name, Outcome Outcome, DateTimeOffset StartedAt, TimeSpan Duration, string Observed)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Outcome}";
}
