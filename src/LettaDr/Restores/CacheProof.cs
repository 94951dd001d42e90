namespace LettaDr;

/// <summary>What was seen of a Redis that has started with restored files.</summary>
/// <param name="Keys">Keys that are there.</param>
/// <param name="Expired">Keys that were in the files, and whose time was up.</param>
/// <param name="AppendOnly">Whether the append-only file is on; it was then seen to be written to.</param>
/// <param name="Notice">What the user should know of it; null when nothing.</param>
internal sealed record CacheProof(long Keys, long Expired, bool AppendOnly, string? Notice);
