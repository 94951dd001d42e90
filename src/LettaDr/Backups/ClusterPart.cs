namespace LettaDr;

/// <summary>What a set's manifest says of a physical copy of the whole PostgreSQL cluster.</summary>
/// <remarks>
/// The files are <c>cluster/base.tar.zst</c> and one <c>cluster/&lt;oid&gt;.tar.zst</c> for each other tablespace,
/// <c>cluster/backup_manifest.zst</c>, and in <c>cluster/pg_wal/</c> the segments from <see cref="StartLsn"/> to <see cref="SnapshotLsn"/>,
/// with the history of any timeline but the first.
/// </remarks>
public sealed record ClusterPart
{
    /// <summary>The folder of the set that holds it.</summary>
    public const string Folder = "cluster/";

    /// <summary>The folder of the set that holds the log that the copy needs.</summary>
    public const string WalFolder = Folder + "pg_wal/";

    /// <summary>The file that holds PostgreSQL's own manifest of the copy, for pg_verifybackup and incremental copies.</summary>
    public const string ManifestFileName = Folder + "backup_manifest.zst";

    /// <summary>The file that holds the <see cref="DatabaseInventory"/> of <see cref="Database"/> at <see cref="SnapshotLsn"/>.</summary>
    public const string InventoryFileName = Folder + "inventory.json";

    /// <summary>Whether it is a copy of everything or of what changed.</summary>
    public required BaseBackupType Type { get; init; }

    /// <summary>Identifies the set that an incremental copy builds on; null for a full one.</summary>
    public string? ParentId { get; init; }

    /// <summary>The moment of <see cref="SnapshotLsn"/>, by the server's clock: the earliest that this copy alone can be recovered to with proof.</summary>
    public required DateTimeOffset SnapshotTime { get; init; }

    /// <summary>Where the log begins that the copy needs.</summary>
    public required Lsn StartLsn { get; init; }

    /// <summary>The earliest position that the copy can be recovered to.</summary>
    public required Lsn EndLsn { get; init; }

    /// <summary>The position at which the inventory's fingerprints hold exactly; not before <see cref="EndLsn"/>.</summary>
    /// <remarks>
    /// All that begins before it belongs to it, and nothing that begins there: a recovery to it says <c>recovery_target_inclusive = off</c>.
    /// The set's log holds the record that begins there, by which a recovery knows that it has arrived. Beyond that record its last segment
    /// is empty: whoever has the same segment from an archive recovers by that one.
    /// </remarks>
    public required Lsn SnapshotLsn { get; init; }

    /// <summary>The timeline of all three.</summary>
    public required uint Timeline { get; init; }

    /// <summary>Bytes of each segment of the log.</summary>
    public required int WalSegmentSize { get; init; }

    /// <summary>The cluster's system identifier.</summary>
    public required string SystemIdentifier { get; init; }

    /// <summary>Name of the database that the inventory is of.</summary>
    public required string Database { get; init; }

    /// <summary>The server's version.</summary>
    public required string ServerVersion { get; init; }

    /// <summary>The image of the database's container; null outside Docker.</summary>
    public string? Image { get; init; }

    /// <summary>That image's digest or identifier.</summary>
    public string? ImageDigest { get; init; }

    /// <summary>Number of tables that hold rows.</summary>
    public required int Tables { get; init; }

    /// <summary>Number of rows of all tables.</summary>
    public required long Rows { get; init; }

    /// <summary>Size in bytes of the cluster's files.</summary>
    public required long Bytes { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Type} of cluster {SystemIdentifier} at {SnapshotLsn}";
}
