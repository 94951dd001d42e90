namespace LettaDr;

/// <summary>What the restore of a whole system came to, and what was proven of it.</summary>
public sealed record SystemRestoreResult
{
    /// <summary>The set that was restored.</summary>
    public required string BackupId { get; init; }

    /// <summary>The deployment.</summary>
    public required string Deployment { get; init; }

    /// <summary>The folder that the configuration was restored to; null where the deployment's own files were used.</summary>
    public string? Destination { get; init; }

    /// <summary>The moment whose state the system holds.</summary>
    public required DateTimeOffset SnapshotTime { get; init; }

    /// <summary>When the last step had ended.</summary>
    public required DateTimeOffset CompletedAt { get; init; }

    /// <summary>How long it took from the first step, the time before a crash included.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The operation that had not got to its end and was resumed; null when there was none.</summary>
    public string? ResumedOperation { get; init; }

    /// <summary>What the database's restore came to; null where it was left out or done before a resumed operation died.</summary>
    public RestoreResult? Database { get; init; }

    /// <summary>Keys of Letta that went because the restored database does not know what they name; null where none were looked for.</summary>
    public CacheClearing? ClearedKeys { get; init; }

    /// <summary>The checks of connectivity and consistency.</summary>
    public IReadOnlyList<CheckResult> Checks { get; init; } = [];

    /// <summary>The agents read back through Letta's API; null where that was left out.</summary>
    public AgentComparison? Agents { get; init; }

    /// <summary>The times against the recovery time objectives.</summary>
    public required IReadOnlyList<RecoveryTime> RecoveryTimes { get; init; }

    /// <summary>The steps and their times.</summary>
    public required IReadOnlyList<JournalStep> Stages { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Deployment} from {BackupId}";
}
