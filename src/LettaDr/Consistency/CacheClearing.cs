namespace LettaDr;

/// <summary>What <c>Clear-LettaCache</c> did to a deployment's Redis.</summary>
public sealed record CacheClearing
{
    /// <summary>The deployment's name.</summary>
    public required string Deployment { get; init; }

    /// <summary>Where its Redis is, as <c>host:port</c>.</summary>
    public required string Cache { get; init; }

    /// <summary>What was asked for: <c>Stale</c> or <c>All</c>.</summary>
    public required string Scope { get; init; }

    /// <summary>Each kind of key that was there, in a fixed order.</summary>
    public IReadOnlyList<CacheKindClearing> Kinds { get; init; } = [];

    /// <summary>Keys removed.</summary>
    public long Removed => Kinds.Sum(kind => kind.Removed);

    /// <summary>Keys of Letta's that were left.</summary>
    public long Kept => Kinds.Sum(kind => kind.Kept);

    /// <summary>Keys that were to be removed, and were left because they changed meanwhile.</summary>
    public long Changed => Kinds.Sum(kind => kind.Changed);

    /// <summary>Keys of others, none of which was touched.</summary>
    public required long OthersUntouched { get; init; }

    /// <summary>How long it took, from the first key read to the last removed.</summary>
    public required TimeSpan Duration { get; init; }
}
