namespace LettaDr;

/// <summary>What a recovery of a cluster to a moment came to, and what was proven of it.</summary>
public sealed record RecoveryResult
{
    /// <summary>The physical set that it began with.</summary>
    public required string BackupId { get; init; }

    /// <summary>The deployment.</summary>
    public required string Deployment { get; init; }

    /// <summary>The container whose server now holds the recovered cluster.</summary>
    public required string Container { get; init; }

    /// <summary>The moment asked for.</summary>
    public required RecoveryTarget Target { get; init; }

    /// <summary>Where replay ended.</summary>
    public required Lsn ReachedLsn { get; init; }

    /// <summary>The last commit that was recovered, by the server's clock; the copy's own moment where the log held none after it.</summary>
    public required DateTimeOffset ReachedTime { get; init; }

    /// <summary>The timeline that the cluster goes on with.</summary>
    public required uint Timeline { get; init; }

    /// <summary>What was done after the moment, and is not in the cluster any more.</summary>
    public required LossWindow Loss { get; init; }

    /// <summary>From when to when the cluster could have been recovered.</summary>
    public required RecoverableWindow Window { get; init; }

    /// <summary>Tables whose every row was compared on the way, at the position of the copy's fingerprints, and found identical.</summary>
    public required int TablesIdentical { get; init; }

    /// <summary>Rows compared there.</summary>
    public required long Rows { get; init; }

    /// <summary>Bytes of log that were replayed.</summary>
    public required long LogBytes { get; init; }

    /// <summary>Where the previous cluster's files are, for <c>Undo-LettaRestore</c>; null when there was none, or it was removed.</summary>
    public string? PreviousCluster { get; init; }

    /// <summary>When the server answered with the recovered cluster.</summary>
    public required DateTimeOffset CompletedAt { get; init; }

    /// <summary>How far back the recovered moment lay then.</summary>
    public TimeSpan RecoveryPointAge => CompletedAt - ReachedTime;

    /// <summary>How long the whole operation took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The steps and their times.</summary>
    public required IReadOnlyList<JournalStep> Stages { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Deployment} at {ReachedLsn} from {BackupId}";
}
