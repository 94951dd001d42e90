using StackExchange.Redis;

namespace LettaDr.Systems;

/// <summary>A key of Letta's as it was read.</summary>
/// <param name="Key">The key.</param>
/// <param name="Entry">What the rules look at.</param>
/// <param name="Unchanged">Holds as long as it is what it was.</param>
internal sealed record RedisEntry(RedisLettaKey Key, CacheEntry Entry, Condition Unchanged)
{
    /// <summary>As it may be shown.</summary>
    public override string ToString() => Key.ToString();
}
