namespace LettaDr.Systems;

/// <summary>Redis's own files as they were copied.</summary>
/// <param name="IsAppendOnly">Whether they are the append-only files, or a snapshot.</param>
/// <param name="Names">The files by their paths below Redis's data directory, in the order copied.</param>
/// <param name="Bytes">Their size together.</param>
/// <param name="AsOf">The moment whose state they hold, by this machine's clock; a snapshot's begins at most a second earlier.</param>
internal sealed record RedisFileSet(bool IsAppendOnly, IReadOnlyList<string> Names, long Bytes, DateTimeOffset AsOf);
