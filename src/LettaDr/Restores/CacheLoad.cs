namespace LettaDr;

/// <summary>What a throw-away Redis loaded from a set.</summary>
/// <param name="Keys">Keys of all databases, those whose time is up included.</param>
/// <param name="Expired">Keys whose time is up.</param>
/// <param name="TruncatedBytes">Bytes of an unfinished command at the end, which were left out.</param>
/// <param name="Bytes">Bytes of the set's files.</param>
/// <param name="Version">The version of Redis that loaded them.</param>
internal sealed record CacheLoad(long Keys, long Expired, long TruncatedBytes, long Bytes, string Version);
