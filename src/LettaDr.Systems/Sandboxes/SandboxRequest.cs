using System.Security.Cryptography;

namespace LettaDr.Systems;

/// <summary>A sandbox to be made.</summary>
internal sealed record SandboxRequest
{
    internal const string DefaultDatabaseImage = "pgvector/pgvector:pg17";
    internal const string DefaultCacheImage = "redis:8";
    internal const string DefaultServerImage = "lettadr/letta-stand-in:1";

    /// <summary>Lower-case letters, digits, hyphens and underscores, as Compose wants them of a project.</summary>
    public string Name { get; init; } = "lettadr-sandbox-" + RandomNumberGenerator.GetHexString(6, lowercase: true);

    /// <summary>What its database holds; null makes it as Letta's init.sql leaves it, without a table.</summary>
    public LettaSeedSize? Size { get; init; } = new();

    /// <summary>PostgreSQL 15 or later with pgvector.</summary>
    public string DatabaseImage { get; init; } = DefaultDatabaseImage;

    /// <summary>Redis.</summary>
    public string CacheImage { get; init; } = DefaultCacheImage;

    /// <summary>The Letta server, or what stands in for it.</summary>
    public string ServerImage { get; init; } = DefaultServerImage;

    /// <summary>Memory limit of the database's container in bytes; null means none.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Size of the database's /dev/shm in bytes; null means Docker's 64 MB.</summary>
    public long? ShmSizeBytes { get; init; }

    /// <summary>Whether ports are published on 127.0.0.1; otherwise only the containers' own addresses answer.</summary>
    public bool PublishPorts { get; init; }

    /// <summary>Whether its network leads nowhere but to this machine.</summary>
    public bool Isolated { get; init; }

    /// <summary>Whether the Letta server is started; a database that is yet to be restored must not be migrated by it.</summary>
    public bool StartServer { get; init; } = true;

    /// <summary>The key of its encrypted columns; null makes one.</summary>
    public Secret? EncryptionKey { get; init; }

    /// <summary>Variables of its Letta server beside those that lead it to its database and cache.</summary>
    public IReadOnlyDictionary<string, string> ServerEnvironment { get; init; } = new Dictionary<string, string>();

    /// <summary>PostgreSQL's arguments.</summary>
    public IReadOnlyList<string> DatabaseArguments { get; init; } = [];

    /// <summary>Labels of everything that belongs to it, beside those of a sandbox.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    internal IReadOnlyList<string> Images => [DatabaseImage, CacheImage, ServerImage];
}
