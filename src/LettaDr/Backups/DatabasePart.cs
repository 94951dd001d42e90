namespace LettaDr;

/// <summary>What a set's manifest says of its database; the proof itself is the <see cref="DatabaseInventory"/>.</summary>
public sealed record DatabasePart
{
    /// <summary>The file that holds the <see cref="DatabaseInventory"/>.</summary>
    public const string InventoryFileName = "inventory.json";

    /// <summary>The file that holds pg_dump's archive.</summary>
    public const string ArchiveFileName = "database.pgdump";

    /// <summary>The moment whose state it holds, by the server's clock.</summary>
    public required DateTimeOffset SnapshotTime { get; init; }

    /// <summary>The log sequence number just after the snapshot.</summary>
    public required string Lsn { get; init; }

    /// <summary>Name of the database.</summary>
    public required string Name { get; init; }

    /// <summary>The server's version.</summary>
    public required string ServerVersion { get; init; }

    /// <summary>The cluster's system identifier; null when it could not be read.</summary>
    public string? SystemIdentifier { get; init; }

    /// <summary>The image of the database's container; null outside Docker.</summary>
    public string? Image { get; init; }

    /// <summary>That image's digest or identifier.</summary>
    public string? ImageDigest { get; init; }

    /// <summary>The image of the Letta server, which the revision belongs to; null when unknown.</summary>
    public string? ServerImage { get; init; }

    /// <summary>That image's digest or identifier.</summary>
    public string? ServerImageDigest { get; init; }

    /// <summary>Letta's schema revision.</summary>
    public string? AlembicRevision { get; init; }

    /// <summary>Whether all rows are in pg_dump's archive.</summary>
    public bool Portable { get; init; }

    /// <summary>Number of tables that hold rows.</summary>
    public required int Tables { get; init; }

    /// <summary>Number of rows of all tables.</summary>
    public required long Rows { get; init; }

    /// <summary>Size of the database in bytes, with indexes.</summary>
    public required long Bytes { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} at {Lsn}";
}
