namespace LettaDr;

/// <summary>From what, along which log, and to where a cluster is recovered.</summary>
internal sealed record RecoveryPlan
{
    public required RecoveryTarget Target { get; init; }

    /// <summary>The full copy first, then each incremental one that it takes, the newest last.</summary>
    public required IReadOnlyList<Backup> Chain { get; init; }

    /// <summary>What is known of the copy that the recovery begins with.</summary>
    public required ClusterPart Part { get; init; }

    /// <summary>The log: what the set holds and what was received.</summary>
    public required IWalArchive Log { get; init; }

    /// <summary>The timeline that is followed, and those before it.</summary>
    public required TimelineHistory History { get; init; }

    /// <summary>Whether it was chosen by name, not as the newest.</summary>
    public bool IsTimelineNamed { get; init; }

    /// <summary>The histories of all timelines that are known, so that the recovered server begins another.</summary>
    public required IReadOnlyList<TimelineHistory> Histories { get; init; }

    /// <summary>The files that are replayed, in order.</summary>
    public required IReadOnlyList<WalFile> Files { get; init; }

    /// <summary>Where the record begins that replay ends at.</summary>
    public required Lsn Stop { get; init; }

    /// <summary>Whether that record is replayed too.</summary>
    public required bool Inclusive { get; init; }

    /// <summary>The last commit that is recovered; null when the log holds none after the copy.</summary>
    public DateTimeOffset? LastCommit { get; init; }

    /// <summary>From when to when the cluster can be recovered.</summary>
    public required RecoverableWindow Window { get; init; }

    /// <summary>Transactions that were committed after the moment and received, our own heartbeats left out.</summary>
    public int CommitsAfter { get; init; }

    /// <summary>When the last of them was committed.</summary>
    public DateTimeOffset? LastCommitAfter { get; init; }

    /// <summary>The copy that the recovery begins with.</summary>
    public Backup Backup => Chain[^1];

    /// <summary>Whether LettaDr knows what the copy is to hold.</summary>
    public bool IsProvable => !PgBackRestCatalog.IsUnproven(Backup);

    /// <summary>Whether the position of the copy's fingerprints lies on the way.</summary>
    public bool PassesSnapshot =>
        IsProvable && Part.SnapshotLsn <= Stop && History.TimelineAt(new Lsn(Part.SnapshotLsn.Value - 1)) == Part.Timeline;

    /// <summary>Bytes that the copy takes where it is laid out, and those that it is combined from.</summary>
    public long Bytes => Chain.Sum(set => set.Manifest!.Cluster?.Bytes ?? set.Manifest.PgBackRest!.Bytes);

    /// <summary>The timeline to name to the server; null where it stays on the copy's own.</summary>
    public uint? Timeline => History.Timeline == Part.Timeline ? null : History.Timeline;

    /// <summary>What is known of the loss before anything has been recovered.</summary>
    public LossWindow Loss => new() { From = LastCommit, To = LastCommitAfter, Commits = CommitsAfter };
}
