namespace LettaDr;

/// <summary>What an archive's <c>archive.json</c> says: how it is received, and what is needed to begin again.</summary>
internal sealed record WalArchiveSettings
{
    /// <summary>The file's name.</summary>
    public const string FileName = "archive.json";

    /// <summary>The cluster's system identifier.</summary>
    public required string SystemIdentifier { get; init; }

    /// <summary>Name of the deployment.</summary>
    public required string Deployment { get; init; }

    /// <summary>Bytes of each segment.</summary>
    public required int SegmentSize { get; init; }

    /// <summary>Name of the replication slot.</summary>
    public required string Slot { get; init; }

    /// <summary>The server's version.</summary>
    public required string ServerVersion { get; init; }

    /// <summary>Image of the container that receives; null where a process of the machine does.</summary>
    public string? Image { get; init; }

    /// <summary>Name of the container that receives; null where a process of the machine does.</summary>
    public string? Container { get; init; }

    /// <summary>Name of the server's container; null outside Docker.</summary>
    public string? Server { get; init; }

    /// <summary>Role that receives.</summary>
    public required string User { get; init; }

    /// <summary>Port at which the server listens, as seen from beside it.</summary>
    public required int Port { get; init; }

    /// <summary>Seconds between two heartbeats.</summary>
    public required double HeartbeatSeconds { get; init; }

    /// <summary>Bytes of log that the server may keep for the slot before the receiver gives it up; null for no limit.</summary>
    public long? MaximumSlotBytes { get; init; }

    /// <summary>When receiving was last asked for.</summary>
    public required DateTimeOffset StartedAt { get; init; }
}
