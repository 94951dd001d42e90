namespace LettaDr;

/// <summary>What a set's manifest says of Redis's files.</summary>
public sealed record CachePart
{
    /// <summary>The moment whose state it holds, by this machine's clock.</summary>
    public required DateTimeOffset SnapshotTime { get; init; }
}
