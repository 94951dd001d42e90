namespace LettaDr;

/// <summary>What became of one kind of Letta's keys when a cache was cleared.</summary>
/// <param name="Kind">The kind of key.</param>
/// <param name="Removed">Keys that were removed.</param>
/// <param name="Kept">Keys that were left, as nothing spoke against them or they were not asked for.</param>
/// <param name="Changed">Keys that were to be removed, and were left because they changed meanwhile.</param>
public sealed record CacheKindClearing(CacheKeyKind Kind, long Removed, long Kept, long Changed)
{
    /// <summary>E.g. <c>RunStream 3</c>: the kind and how many went.</summary>
    public override string ToString() => $"{Kind} {Removed}";
}
