namespace LettaDr;

/// <summary>A deployment's Redis as a restore finds it.</summary>
internal sealed record CacheProfile
{
    /// <summary>Where it is, as <c>host:port</c>.</summary>
    public required string Cache { get; init; }

    /// <summary>The container that runs it.</summary>
    public required string Container { get; init; }

    /// <summary>Whether it runs and answers.</summary>
    public required bool IsRunning { get; init; }

    /// <summary>Its keys of all databases; 0 while it does not run.</summary>
    public long Keys { get; init; }

    /// <summary>Whether its append-only file is on; false while it does not run.</summary>
    public bool AppendOnly { get; init; }

    /// <summary>Its data directory in its container.</summary>
    public required string Directory { get; init; }

    /// <summary>What the data directory is on, in words: the host's path, or the volume.</summary>
    public required string Volume { get; init; }
}
