namespace LettaDr;

/// <summary>A recovery objective, what was measured of it, and whether it is met.</summary>
public sealed record RecoveryObjective
{
    /// <summary>The deployment.</summary>
    public required string Deployment { get; init; }

    /// <summary>What it is about.</summary>
    public required RecoveryComponent Component { get; init; }

    /// <summary>What it limits: the time of a recovery (RTO), or the work lost by it (RPO).</summary>
    public required RecoveryObjectiveKind Kind { get; init; }

    /// <summary>The most that it may be.</summary>
    public required TimeSpan Target { get; init; }

    /// <summary>
    /// RTO: how long the newest restore or drill took that succeeded. RPO: how much would be lost if it happened now. Null where
    /// nobody can say.
    /// </summary>
    public TimeSpan? Actual { get; init; }

    /// <summary>RPO: the most that would have been lost at the worst moment of the last seven days, or that the settings allow; null where nobody can say.</summary>
    public TimeSpan? WorstCase { get; init; }

    /// <summary>
    /// Passed where all of it lies within the target, forecast and worst case too. NotRun where it was never measured, or too long ago;
    /// never to be counted as passed.
    /// </summary>
    public required Outcome Outcome { get; init; }

    /// <summary>What it rests on: which journal, set, archive or setting.</summary>
    public required string Evidence { get; init; }

    /// <summary>What to do when it did not pass; null when it did.</summary>
    public string? Remedy { get; init; }

    /// <summary>RTO: when the restore ended that was measured; RPO: now. Null where nothing was measured.</summary>
    public DateTimeOffset? MeasuredAt { get; init; }

    /// <summary>RTO: how long the same would take with today's sizes; null where nobody can say.</summary>
    public TimeSpan? Forecast { get; init; }

    /// <summary>RTO: what the forecast rests on, or why there is none; null for an RPO.</summary>
    public string? ForecastBasis { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Component}: {(Actual is { } actual ? DurationText.Of(actual) : "not known")} of {DurationText.Of(Target)}, {Outcome}";
}
