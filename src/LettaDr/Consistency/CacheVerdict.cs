namespace LettaDr;

/// <summary>Why a key is stale.</summary>
/// <param name="Staleness">The sort of contradiction.</param>
/// <param name="Reason">It in words, to be read after the key's name.</param>
internal sealed record CacheVerdict(CacheStaleness Staleness, string Reason);
