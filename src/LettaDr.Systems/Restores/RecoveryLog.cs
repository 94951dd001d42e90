namespace LettaDr.Systems;

/// <summary>The log that a recovery replays: every file by PostgreSQL's own name for it, and the way to its content.</summary>
/// <param name="Segments">Names of segments in the order in which they are replayed.</param>
/// <param name="SegmentSize">Bytes of each.</param>
/// <param name="Histories">Histories of timelines, by name.</param>
/// <param name="Open">Opens a segment's content, decompressed.</param>
internal sealed record RecoveryLog(
    IReadOnlyList<string> Segments, int SegmentSize, IReadOnlyDictionary<string, string> Histories, Func<string, Stream> Open)
{
    /// <summary>Of an archive's log, the files given.</summary>
    public static RecoveryLog Of(IWalArchive archive, IReadOnlyList<WalFile> files, IEnumerable<TimelineHistory> histories, int segmentSize)
    {
        var named = files.ToDictionary(file => file.Segment.Name, StringComparer.Ordinal);
        return new RecoveryLog(
            [.. files.Select(file => file.Segment.Name)], segmentSize,
            histories.ToDictionary(history => history.FileName, history => history.Write(), StringComparer.Ordinal),
            name => archive.OpenContent(named[name]));
    }
}
