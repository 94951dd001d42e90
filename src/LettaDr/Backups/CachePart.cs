namespace LettaDr;

/// <summary>What a set's manifest says of Redis's files.</summary>
public sealed record CachePart
{
    /// <summary>The folder of the set that holds Redis's files.</summary>
    public const string Folder = "cache/";

    /// <summary>The moment whose state it holds, by this machine's clock.</summary>
    public required DateTimeOffset SnapshotTime { get; init; }

    /// <summary>The version of the Redis that wrote the files, e.g. <c>8.0.2</c>.</summary>
    public string RedisVersion { get; init; } = string.Empty;

    /// <summary>Whether the files are the append-only files with their manifest, or one snapshot (RDB).</summary>
    public bool AppendOnly { get; init; }

    /// <summary>Names of the files in the set, in the order in which Redis would read them; append-only files end with their manifest.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Size in bytes of these files together.</summary>
    public long Bytes { get; init; }

    /// <summary>Keys of all of Redis's databases, counted by loading the files.</summary>
    public long Keys { get; init; }

    /// <summary>How many of the keys expire.</summary>
    public long ExpiringKeys { get; init; }

    /// <summary>Bytes at the end of the append-only files that held an unfinished command, and were left out.</summary>
    public long TruncatedBytes { get; init; }

    /// <summary>The image of Redis's container.</summary>
    public string? Image { get; init; }

    /// <summary>That image's digest or identifier.</summary>
    public string? ImageDigest { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Keys} keys as of {SnapshotTime:u}";
}
