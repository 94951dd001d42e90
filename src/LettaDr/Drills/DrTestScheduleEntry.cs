namespace LettaDr;

/// <summary>When one kind of recovery test was last made, and when it is due again.</summary>
public sealed record DrTestScheduleEntry
{
    /// <summary>The deployment.</summary>
    public required string Deployment { get; init; }

    /// <summary>The kind: a scenario's name, or <c>BackupValidation</c>.</summary>
    public required string Test { get; init; }

    /// <summary>How often it is due.</summary>
    public required TimeSpan Every { get; init; }

    /// <summary>When the newest one that passed ended; null when none did.</summary>
    public DateTimeOffset? LastPassed { get; init; }

    /// <summary>When the newest one ended, however it did; null when there was none.</summary>
    public DateTimeOffset? LastEnded { get; init; }

    /// <summary>How the newest one ended; null when there was none.</summary>
    public Outcome? LastOutcome { get; init; }

    /// <summary>When the next is due; now, when none has passed.</summary>
    public required DateTimeOffset NextDue { get; init; }

    /// <summary>Whether it is due already.</summary>
    public required bool IsOverdue { get; init; }
}
