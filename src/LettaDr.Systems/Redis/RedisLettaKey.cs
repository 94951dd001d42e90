using StackExchange.Redis;

namespace LettaDr.Systems;

/// <summary>A key of Letta's by its very bytes, and what they mean.</summary>
internal sealed record RedisLettaKey(RedisKey Name, CacheKey Key)
{
    /// <summary>As it may be shown; the name itself may hold a user's text.</summary>
    public override string ToString() => Key.ToString();
}
