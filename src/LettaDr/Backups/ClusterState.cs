namespace LettaDr;

/// <summary>A cluster as it was found before it is copied.</summary>
internal sealed record ClusterState
{
    /// <summary>The cluster's system identifier.</summary>
    public required string SystemIdentifier { get; init; }

    /// <summary>The server's version.</summary>
    public required string ServerVersion { get; init; }

    /// <summary>The timeline that it writes.</summary>
    public required uint Timeline { get; init; }

    /// <summary>Bytes of each segment of its log.</summary>
    public required int SegmentSize { get; init; }

    /// <summary>Size of its files in bytes.</summary>
    public required long Bytes { get; init; }
}
