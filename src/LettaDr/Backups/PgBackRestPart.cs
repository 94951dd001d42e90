namespace LettaDr;

/// <summary>
/// What a set's manifest says of a backup that pgBackRest made and keeps in its own repository; the set itself holds the proof,
/// and no data.
/// </summary>
public sealed record PgBackRestPart
{
    /// <summary>The file that holds the <see cref="DatabaseInventory"/> of <see cref="Database"/> at <see cref="SnapshotLsn"/>.</summary>
    public const string InventoryFileName = "pgbackrest/inventory.json";

    /// <summary>The stanza: pgBackRest's name for the cluster.</summary>
    public required string Stanza { get; init; }

    /// <summary>pgBackRest's name for the backup, e.g. <c>20260301-031500F</c>.</summary>
    public required string BackupLabel { get; init; }

    /// <summary>How much it copied.</summary>
    public required PgBackRestBackupType Type { get; init; }

    /// <summary>Every other backup of pgBackRest that a restore needs as well; empty for a full one.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Which of the stanza's repositories holds it, as in pgBackRest's <c>repo1-…</c>.</summary>
    public required int Repository { get; init; }

    /// <summary>The moment of <see cref="SnapshotLsn"/> by the server's clock; for a backup without a proof, when it ended.</summary>
    public required DateTimeOffset SnapshotTime { get; init; }

    /// <summary>Where the log begins that the backup needs.</summary>
    public Lsn? StartLsn { get; init; }

    /// <summary>The earliest position that it can be recovered to.</summary>
    public Lsn? EndLsn { get; init; }

    /// <summary>The position at which the inventory's fingerprints hold exactly; null for a backup without a proof.</summary>
    public Lsn? SnapshotLsn { get; init; }

    /// <summary>Where the record ends that begins at <see cref="SnapshotLsn"/>, by which a recovery knows that it has arrived.</summary>
    public Lsn? ThroughLsn { get; init; }

    /// <summary>The timeline of <see cref="SnapshotLsn"/>, or else of <see cref="EndLsn"/>; 0 where nobody can say.</summary>
    public uint Timeline { get; init; }

    /// <summary>The cluster's system identifier.</summary>
    public required string SystemIdentifier { get; init; }

    /// <summary>Name of the database that the inventory is of.</summary>
    public required string Database { get; init; }

    /// <summary>The server's version.</summary>
    public required string ServerVersion { get; init; }

    /// <summary>The container in which pgBackRest and its configuration are; null outside Docker.</summary>
    public string? Container { get; init; }

    /// <summary>That container's image.</summary>
    public string? Image { get; init; }

    /// <summary>That image's digest or identifier.</summary>
    public string? ImageDigest { get; init; }

    /// <summary>Number of tables that hold rows; 0 without a proof.</summary>
    public int Tables { get; init; }

    /// <summary>Number of rows of all tables; 0 without a proof.</summary>
    public long Rows { get; init; }

    /// <summary>Size in bytes of the cluster's files.</summary>
    public required long Bytes { get; init; }

    /// <summary>Bytes that the backup added to pgBackRest's repository.</summary>
    public required long RepositoryBytes { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{BackupLabel} of stanza {Stanza}";
}
