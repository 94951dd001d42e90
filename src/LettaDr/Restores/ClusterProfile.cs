namespace LettaDr;

/// <summary>A deployment's PostgreSQL server as a recovery finds it.</summary>
internal sealed record ClusterProfile
{
    /// <summary>The container that runs it.</summary>
    public required string Container { get; init; }

    /// <summary>Whether it runs and answers.</summary>
    public required bool IsRunning { get; init; }

    /// <summary>The data directory in the container.</summary>
    public required string Directory { get; init; }

    /// <summary>What the data directory is on, in words.</summary>
    public required string Volume { get; init; }

    /// <summary>The system identifier of the cluster that is there; null when there is none, or nobody could read it.</summary>
    public string? SystemIdentifier { get; init; }

    /// <summary>The timeline that the cluster is on; null when nobody could read it.</summary>
    public uint? Timeline { get; init; }

    /// <summary>Databases with tables of a user; empty while it does not run.</summary>
    public IReadOnlyList<string> Databases { get; init; } = [];

    /// <summary>Sessions of clients, in all databases.</summary>
    public IReadOnlyList<DatabaseSession> Sessions { get; init; } = [];

    /// <summary>PostgreSQL's major version of the container's image; null when nobody can say.</summary>
    public int? MajorVersion { get; init; }

    /// <summary>Bytes free beside the data; null when nobody can say.</summary>
    public long? FreeBytes { get; init; }
}
