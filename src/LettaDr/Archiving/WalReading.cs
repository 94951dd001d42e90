namespace LettaDr;

/// <summary>Reads all the log of an archive, each segment once, whatever is missing or damaged between.</summary>
/// <param name="archive">The archive.</param>
/// <param name="progress">Hears of bytes read.</param>
internal sealed class WalReading(IWalArchive archive, Action<long> progress)
{
    private readonly List<string> _problems = [];

    /// <summary>What is not as the server wrote it, a sentence each.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Records read.</summary>
    public long Records { get; private set; }

    /// <summary>Bytes of log read.</summary>
    public long Bytes { get; private set; }

    /// <summary>When the newest commit was; null when there is none.</summary>
    public DateTimeOffset? LastCommit { get; private set; }

    /// <summary>Reads it.</summary>
    public WalReading Read(CancellationToken cancellationToken)
    {
        var files = archive.Files();
        var seen = new HashSet<WalSegment>();
        foreach (var timeline in files.Select(file => file.Segment.Timeline).Distinct().OrderDescending())
        {
            // Without its history a timeline is looked at by itself; that it is missing is another check's.
            var history = archive.Histories().FirstOrDefault(known => known.Timeline == timeline) ?? new TimelineHistory { Timeline = timeline };
            var line = new WalLine(files, history);
            for (var next = 0; next < line.Files.Count;)
            {
                next = seen.Contains(line.Files[next].Segment) ? next + 1 : ReadFrom(line, next, seen, cancellationToken);
            }
        }

        return this;
    }

    /// <summary>Reads on from a file; the number of the file to go on with.</summary>
    private int ReadFrom(WalLine line, int first, HashSet<WalSegment> seen, CancellationToken cancellationToken)
    {
        var walk = new WalWalk(archive, line.History, line.Files[first].Segment.Start);
        long told = 0;
        foreach (var found in walk.Events(cancellationToken))
        {
            LastCommit = found.Kind == WalEventKind.Commit && (LastCommit is null || found.Time > LastCommit) ? found.Time : LastCommit;
            progress(walk.Bytes - told);
            told = walk.Bytes;
        }

        var end = walk.End!;
        (Records, Bytes) = (Records + walk.Records, Bytes + walk.Bytes);
        if (end.Reason == WalEndReason.Damaged)
        {
            _problems.Add(end.Detail.TrimEnd('.'));
        }

        // The segment that the walk ended in is done with; one that is missing was none of the files.
        var last = end.Segment?.Number ?? line.Files[first].Segment.Number;
        var next = first;
        while (next < line.Files.Count && (line.Files[next].Segment.Number <= last || next == first))
        {
            seen.Add(line.Files[next].Segment);
            next++;
        }

        return next;
    }
}
