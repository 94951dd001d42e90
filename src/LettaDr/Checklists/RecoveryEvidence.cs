namespace LettaDr;

/// <summary>All that the objectives of a deployment are measured by.</summary>
internal sealed record RecoveryEvidence
{
    /// <summary>The parts of which each brings the database back by itself.</summary>
    public const BackupParts AnyDatabase = BackupParts.Database | BackupParts.Cluster | BackupParts.PgBackRest;

    public required string Deployment { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>Its sets, in no particular order.</summary>
    public required IReadOnlyList<Backup> Sets { get; init; }

    /// <summary>Journals of its backups and recoveries.</summary>
    public IReadOnlyList<OperationJournal> Journals { get; init; } = [];

    /// <summary>What its archive of write-ahead log recovers; null when it has none that does.</summary>
    public RecoverablePoint? Archive { get; init; }

    /// <summary>Why the archive that it has recovers nothing.</summary>
    public string? ArchiveProblem { get; init; }

    /// <summary>Whether the deployment itself could be looked at; else only its repository.</summary>
    public bool IsLive { get; init; }

    /// <summary>Whether the deployment was seen to have no Redis: its server was found and names none. False where nobody can look.</summary>
    public bool HasNoCache { get; init; }

    /// <summary>Size of the live database in bytes; null when nobody can say.</summary>
    public long? DatabaseBytes { get; init; }

    /// <summary>How its Redis writes to disk; null when it has none, or it does not answer.</summary>
    public CachePersistence? Cache { get; init; }

    /// <summary>Why nobody can say how Redis writes to disk.</summary>
    public string? CacheProblem { get; init; }

    /// <summary>How the configuration differs from the newest set that holds it.</summary>
    public ConfigurationDrift? Drift { get; init; }

    /// <summary>Why nobody can say so.</summary>
    public string? DriftProblem { get; init; }

    /// <summary>The newest set with all of some parts that can be restored, as far as anybody knows: one that failed its test cannot.</summary>
    public Backup? Newest(BackupParts parts) => Usable().Where(set => set.Parts.HasFlag(parts)).MaxBy(set => set.SnapshotTime);

    /// <summary>The newest set that brings the database back, logically or physically.</summary>
    public Backup? NewestOfDatabase() => Usable().Where(set => (set.Parts & AnyDatabase) != 0).MaxBy(set => set.SnapshotTime);

    /// <summary>The set that an operation was about, where it is still there.</summary>
    public Backup? SetOf(OperationJournal journal) => Sets.FirstOrDefault(set => set.Id == journal.BackupId && set.Manifest is not null);

    private IEnumerable<Backup> Usable() => Sets.Where(set => set.State == BackupState.Complete && set.LastProof?.Outcome != Outcome.Failed);
}
