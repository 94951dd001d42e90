using System.Text.Json.Serialization;

namespace LettaDr;

/// <summary>What a set is and of which files it consists; written last, so that a set with a manifest is whole.</summary>
public sealed record BackupManifest
{
    /// <summary>The format's version that this code writes and the newest that it reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The file that holds it.</summary>
    public const string FileName = "manifest.json";

    /// <summary>The file that holds the <see cref="DatabaseInventory"/>.</summary>
    public const string InventoryFileName = "inventory.json";

    /// <summary>The file that holds pg_dump's archive.</summary>
    public const string ArchiveFileName = "database.pgdump";

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

    /// <summary>The moment whose state it holds, by the server's clock.</summary>
    public required DateTimeOffset SnapshotTime { get; init; }

    /// <summary>The log sequence number just after the snapshot.</summary>
    public required string Lsn { get; init; }

    /// <summary>Name of the database.</summary>
    public required string Database { get; init; }

    /// <summary>The server's version.</summary>
    public required string ServerVersion { get; init; }

    /// <summary>The cluster's system identifier; null when it could not be read.</summary>
    public string? SystemIdentifier { get; init; }

    /// <summary>The image of the database's container; null outside Docker.</summary>
    public string? DatabaseImage { get; init; }

    /// <summary>That image's digest or identifier.</summary>
    public string? DatabaseImageDigest { get; init; }

    /// <summary>The image of the Letta server, which the revision belongs to; null when unknown.</summary>
    public string? ServerImage { get; init; }

    /// <summary>That image's digest or identifier.</summary>
    public string? ServerImageDigest { get; init; }

    /// <summary>Letta's schema revision.</summary>
    public string? AlembicRevision { get; init; }

    /// <summary>Whether all rows are in pg_dump's archive.</summary>
    public bool Portable { get; init; }

    /// <summary>Number of tables that hold rows.</summary>
    public required int TableCount { get; init; }

    /// <summary>Number of rows of all tables.</summary>
    public required long RowCount { get; init; }

    /// <summary>Size of the database in bytes, with indexes.</summary>
    public required long DatabaseBytes { get; init; }

    /// <summary>Every file of the set but the manifest itself.</summary>
    public required IReadOnlyList<BackupFile> Files { get; init; }

    /// <summary>SHA-256 over this manifest with this property empty: a flipped bit in the manifest itself shows.</summary>
    public string Seal { get; init; } = string.Empty;

    /// <summary>Size in bytes of all files together.</summary>
    [JsonIgnore]
    public long Size => Files.Sum(file => file.Size);
}
