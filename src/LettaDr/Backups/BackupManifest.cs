using System.Text.Json.Serialization;

namespace LettaDr;

/// <summary>What a set is and of which files it consists; written last, so that a set with a manifest is whole.</summary>
public sealed record BackupManifest
{
    /// <summary>The format's version that this code writes and the newest that it reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The file that holds it.</summary>
    public const string FileName = "manifest.json";

    /// <summary>The file that tells how to restore by hand.</summary>
    public const string InstructionsFileName = "RESTORE.txt";

    /// <summary>The format's version.</summary>
    public required int Format { get; init; }

    /// <summary>Identifies the set within its repository: UTC time of its start and six random characters.</summary>
    public required string Id { get; init; }

    /// <summary>The deployment that was backed up.</summary>
    public required string Deployment { get; init; }

    /// <summary>The user's own name for it.</summary>
    public string? Label { get; init; }

    /// <summary>The LettaDr that wrote it.</summary>
    public required string Writer { get; init; }

    /// <summary>When the operation began, by this machine's clock.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the last file was closed.</summary>
    public required DateTimeOffset CompletedAt { get; init; }

    /// <summary>The database; null when the set does not hold it.</summary>
    public DatabasePart? Database { get; init; }

    /// <summary>The whole cluster, copied physically; null when the set does not hold it.</summary>
    public ClusterPart? Cluster { get; init; }

    /// <summary>A backup that pgBackRest made and keeps; null when the set is not of one.</summary>
    public PgBackRestPart? PgBackRest { get; init; }

    /// <summary>The cache; null when the set does not hold it.</summary>
    public CachePart? Cache { get; init; }

    /// <summary>The configuration; null when the set does not hold it.</summary>
    public ConfigurationPart? Configuration { get; init; }

    /// <summary>The memory repositories; null when the set does not hold them.</summary>
    public MemoryPart? Memory { get; init; }

    /// <summary>Every file of the set but the manifest itself.</summary>
    public required IReadOnlyList<BackupFile> Files { get; init; }

    /// <summary>SHA-256 over this manifest with this property empty: a flipped bit in the manifest itself shows.</summary>
    public string Seal { get; init; } = string.Empty;

    /// <summary>What it holds.</summary>
    [JsonIgnore]
    public BackupParts Parts =>
        (Database is null ? 0 : BackupParts.Database) | (Cache is null ? 0 : BackupParts.Cache)
        | (Configuration is null ? 0 : BackupParts.Configuration) | (Memory is null ? 0 : BackupParts.Memory)
        | (Cluster is null ? 0 : BackupParts.Cluster) | (PgBackRest is null ? 0 : BackupParts.PgBackRest)
        | (Configuration is { Images.Count: > 0 } ? BackupParts.Images : 0);

    /// <summary>The recovery point: the moment of the database's state, and of the oldest other part where there is no database.</summary>
    [JsonIgnore]
    public DateTimeOffset SnapshotTime => Database?.SnapshotTime ?? OldestMoment;

    /// <summary>The moment of the part whose state is the oldest.</summary>
    internal DateTimeOffset OldestMoment => Moments().DefaultIfEmpty(StartedAt).Min();

    /// <summary>How far apart in time the states of the parts are.</summary>
    [JsonIgnore]
    public TimeSpan Spread => Moments().DefaultIfEmpty().Max() - Moments().DefaultIfEmpty().Min();

    /// <summary>Size in bytes of all files together.</summary>
    [JsonIgnore]
    public long Size => Files.Sum(file => file.Size);

    private IEnumerable<DateTimeOffset> Moments() =>
        new[] { Database?.SnapshotTime, Cluster?.SnapshotTime, PgBackRest?.SnapshotTime, Cache?.SnapshotTime, Configuration?.SnapshotTime, Memory?.SnapshotTime }.OfType<DateTimeOffset>();
}
