namespace LettaDr;

/// <summary>What a restore of a cache came to, and what was proven of it.</summary>
public sealed record CacheRestoreResult
{
    /// <summary>The set that was restored.</summary>
    public required string BackupId { get; init; }

    /// <summary>The deployment.</summary>
    public required string Deployment { get; init; }

    /// <summary>Where its Redis is now, as <c>host:port</c>.</summary>
    public required string Cache { get; init; }

    /// <summary>The moment whose state it holds.</summary>
    public required DateTimeOffset SnapshotTime { get; init; }

    /// <summary>When Redis held the set's keys again.</summary>
    public required DateTimeOffset CompletedAt { get; init; }

    /// <summary>How far back the recovered point lay at that moment.</summary>
    public TimeSpan RecoveryPointAge => CompletedAt - SnapshotTime;

    /// <summary>How long the whole operation took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Keys in the set, of all of Redis's databases.</summary>
    public required long KeysInSet { get; init; }

    /// <summary>Keys that Redis held after it had loaded them, before any were reconciled.</summary>
    public required long KeysRestored { get; init; }

    /// <summary>Keys of the set whose time was up.</summary>
    public required long KeysExpired { get; init; }

    /// <summary>Bytes of the set's files.</summary>
    public required long Bytes { get; init; }

    /// <summary>Bytes of an unfinished command at the end of the append-only files, which were left out.</summary>
    public long TruncatedBytes { get; init; }

    /// <summary>Whether the append-only file is on; it was then seen to be written to.</summary>
    public required bool AppendOnly { get; init; }

    /// <summary>Where the files are that Redis had before; null when it had none, or they were removed.</summary>
    public string? PreviousFiles { get; init; }

    /// <summary>Which of Letta's keys contradicted the database and were removed; null when nobody looked.</summary>
    public CacheClearing? Reconciled { get; init; }

    /// <summary>The steps and their times.</summary>
    public required IReadOnlyList<JournalStep> Stages { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Cache} from {BackupId}";
}
