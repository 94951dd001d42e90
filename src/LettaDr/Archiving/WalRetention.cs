namespace LettaDr;

/// <summary>What retention decides about the received log of one cluster, and why.</summary>
public sealed record WalRetention
{
    /// <summary>The deployment.</summary>
    public required string Deployment { get; init; }

    /// <summary>The cluster's system identifier.</summary>
    public required string SystemIdentifier { get; init; }

    /// <summary>Number of segments in the archive.</summary>
    public required int Segments { get; init; }

    /// <summary>Number of segments that no kept set needs.</summary>
    public required int Doomed { get; init; }

    /// <summary>Size in bytes of those, as stored.</summary>
    public required long Size { get; init; }

    /// <summary>From where on the log is kept; null when all of it is.</summary>
    public Lsn? KeepFrom { get; init; }

    /// <summary>Why so much is kept, e.g. <c>needed by 20261123T071500Z-0a1b2c</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>Whether what no set needs has been removed.</summary>
    public bool Removed { get; init; }
}
