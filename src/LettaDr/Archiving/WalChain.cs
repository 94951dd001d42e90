namespace LettaDr;

/// <summary>What of the log is there without a gap from a position on, judged by the names of the files alone.</summary>
/// <remarks>PostgreSQL manual, section 25.3.6 (Timelines).</remarks>
internal sealed class WalChain
{
    private WalChain(WalLine line, Lsn start, IReadOnlyList<WalFile> files, WalSegment? missing)
    {
        (Line, Start, Files, Missing) = (line, start, files, missing);
    }

    /// <summary>The timeline that the chain follows, and those before it.</summary>
    public WalLine Line { get; }

    /// <summary>Where it begins.</summary>
    public Lsn Start { get; }

    /// <summary>The files from there on, without a gap; none when the first one is missing.</summary>
    public IReadOnlyList<WalFile> Files { get; }

    /// <summary>The segment at which the chain breaks although the archive goes on; null when it goes to the archive's end.</summary>
    public WalSegment? Missing { get; }

    /// <summary>Where the last of the files ends; how far it is written, only reading it tells.</summary>
    public Lsn End => Files.Count > 0 ? Files[^1].Segment.End : Start;

    /// <summary>Follows the log from a position to where its files end.</summary>
    /// <param name="files">The archive's files.</param>
    /// <param name="history">The timeline to follow; the position must lie on it or on one before it.</param>
    /// <param name="start">The position.</param>
    public static WalChain From(IReadOnlyList<WalFile> files, TimelineHistory history, Lsn start)
    {
        var line = new WalLine(files, history);
        var chain = new List<WalFile>();
        var number = start.Value / (ulong)line.SegmentSize;
        while (line.Find(number) is { } file && !IsGap(line, file))
        {
            chain.Add(file);
            number++;
        }

        var breaks = line.GoesOnAfter(number) || chain.Count == 0;
        return new WalChain(line, start, chain, breaks ? Expected(line, number) : null);
    }

    /// <summary>The history of the newest timeline that an archive has anything of.</summary>
    /// <exception cref="LettaDrException">Its history file is missing.</exception>
    public static TimelineHistory Newest(IWalArchive archive) => RecoveryTimelines.Of(archive).Newest;

    /// <summary>The segments that are missing between the first and the last of each line of timelines.</summary>
    /// <param name="files">The archive's files.</param>
    /// <param name="histories">Its histories; a timeline without one is looked at by itself.</param>
    public static IReadOnlyList<WalHole> Holes(IReadOnlyList<WalFile> files, IReadOnlyList<TimelineHistory> histories)
    {
        var holes = new List<WalHole>();
        foreach (var timeline in files.Select(file => file.Segment.Timeline).Distinct().Order())
        {
            var history = histories.FirstOrDefault(known => known.Timeline == timeline) ?? new TimelineHistory { Timeline = timeline };
            var line = new WalLine(files, history);
            foreach (var (before, after) in line.Files.Zip(line.Files.Skip(1)))
            {
                var (first, last) = (before.Segment.Number + (before.IsPartial ? 0UL : 1UL), after.Segment.Number - 1);
                if (first <= last)
                {
                    holes.Add(new WalHole(Expected(line, first), Expected(line, last)));
                }
            }
        }

        return [.. holes.Distinct()];
    }

    /// <summary>Whether a segment was received in part only, and others after it.</summary>
    private static bool IsGap(WalLine line, WalFile file) => file.IsPartial && line.GoesOnAfter(file.Segment.Number);

    private static WalSegment Expected(WalLine line, ulong number) => line.Expected(new Lsn(number * (ulong)line.SegmentSize));
}
