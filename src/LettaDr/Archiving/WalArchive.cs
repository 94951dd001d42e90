namespace LettaDr;

/// <summary>The archive of a cluster's write-ahead log in a repository: what receives it, and to what moment it can be recovered.</summary>
/// <remarks>PostgreSQL manual, section 25.3 (Continuous archiving and point-in-time recovery) and pg_receivewal.</remarks>
public sealed record WalArchive
{
    /// <summary>Name of the deployment.</summary>
    public required string Deployment { get; init; }

    /// <summary>Location of the repository.</summary>
    public required string Repository { get; init; }

    /// <summary>The folder of the archive.</summary>
    public required string Path { get; init; }

    /// <summary>The cluster's system identifier.</summary>
    public required string SystemIdentifier { get; init; }

    /// <summary>How receiving is.</summary>
    public required WalArchiveState State { get; init; }

    /// <summary>Why it is not as it should be; null when it is.</summary>
    public string? Problem { get; init; }

    /// <summary>Name of the replication slot; null where the archive does not tell.</summary>
    public string? Slot { get; init; }

    /// <summary>The newest timeline that was received.</summary>
    public required uint Timeline { get; init; }

    /// <summary>Number of segments, the one being received included.</summary>
    public required int Segments { get; init; }

    /// <summary>Size in bytes, as stored.</summary>
    public required long Size { get; init; }

    /// <summary>Where the log begins that is there without a gap up to <see cref="RecoverableLsn"/>; null when there is none.</summary>
    public Lsn? StartLsn { get; init; }

    /// <summary>Where the last whole record ends that was found in the received log; null when there is none.</summary>
    public Lsn? RecoverableLsn { get; init; }

    /// <summary>
    /// When the newest transaction committed, by the server's clock, that was found in the received log: what a recovery would reach.
    /// Null when none was found.
    /// </summary>
    public DateTimeOffset? RecoverableAt { get; init; }

    /// <summary>How long ago that was; null when none was found.</summary>
    public TimeSpan? Lag { get; init; }

    /// <summary>Bytes of log that the server has written and the archive has not; null where the server does not answer.</summary>
    public long? LagBytes { get; init; }

    /// <summary>What is missing between the archive's first and last segment.</summary>
    public IReadOnlyList<WalHole> Holes { get; init; } = [];

    /// <summary>The newest set with a physical copy that this log leads on from; null when there is none.</summary>
    public string? BaseId { get; init; }

    /// <summary>
    /// Bytes of log that the server keeps for the slot: all that was not received, and the begun segment. Null where the server does not
    /// answer, or has no such slot.
    /// </summary>
    public long? SlotRetainedBytes { get; init; }

    /// <summary>
    /// Bytes of log that the server may keep for the slot: at half of it there is a warning, and beyond it the receiver gives the slot up.
    /// Null where no maximum was asked for.
    /// </summary>
    public long? MaximumSlotSize { get; init; }

    /// <summary>Bytes free on the disk that holds the server's log; null where nobody can say.</summary>
    public long? ServerFreeBytes { get; init; }

    /// <summary>Time between two heartbeats.</summary>
    public TimeSpan HeartbeatInterval { get; init; }

    /// <summary>What should be looked at, a sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The last lines of what happened, the newest last.</summary>
    public IReadOnlyList<string> LastEvents { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => $"{Deployment} {SystemIdentifier}";
}
