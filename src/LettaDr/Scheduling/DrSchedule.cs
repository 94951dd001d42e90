namespace LettaDr;

/// <summary>A job of a plan that a scheduler starts.</summary>
public sealed record DrSchedule
{
    /// <summary>The plan's name.</summary>
    public required string Plan { get; init; }

    /// <summary>The plan file.</summary>
    public required string PlanPath { get; init; }

    /// <summary>The job.</summary>
    public required DrJob Job { get; init; }

    /// <summary>When it is started, as a cron expression in this machine's time.</summary>
    public required string Expression { get; init; }

    /// <summary>Who starts it.</summary>
    public required DrScheduler Scheduler { get; init; }

    /// <summary>The scheduler's file that starts it.</summary>
    public required string File { get; init; }

    /// <summary>Whether the file is as it was written.</summary>
    public required bool IsUnchanged { get; init; }

    /// <summary>Whether the scheduler starts it; null where that cannot be asked here.</summary>
    public bool? Enabled { get; init; }

    /// <summary>What keeps the scheduler from starting it, and the remedy; null where nothing is known to.</summary>
    public string? Problem { get; init; }

    /// <summary>Its newest run; null when there was none.</summary>
    public DrJobRun? LastRun { get; init; }

    /// <summary>How the newest run ended; null when there was none, or it has not ended.</summary>
    public Outcome? LastOutcome => LastRun?.Outcome;

    /// <summary>When it is started next; what the plan wants less often may find then that it is not due.</summary>
    public DateTimeOffset? NextRun { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Job} of {Plan}";
}
