namespace LettaDr.Systems;

/// <summary>The log that a recovery replays: every file by PostgreSQL's own name for it, and the way to its content.</summary>
/// <param name="Segments">Names of segments in the order in which they are replayed.</param>
/// <param name="SegmentSize">Bytes of each.</param>
/// <param name="Histories">Histories of timelines, by name.</param>
/// <param name="Open">Opens a segment's content, decompressed.</param>
internal sealed record RecoveryLog(
    IReadOnlyList<string> Segments, int SegmentSize, IReadOnlyDictionary<string, string> Histories, Func<string, Stream> Open);
