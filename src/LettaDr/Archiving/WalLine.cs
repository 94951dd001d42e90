namespace LettaDr;

/// <summary>The segments that lead to a timeline: of each the file of the newest timeline that has it, as PostgreSQL's recovery chooses.</summary>
internal sealed class WalLine
{
    private readonly Dictionary<(uint Timeline, ulong Number), WalFile> _files;
    private readonly List<(uint Timeline, Lsn From, Lsn To)> _ranges = [];

    public WalLine(IEnumerable<WalFile> files, TimelineHistory history)
    {
        _files = files.ToDictionary(file => (file.Segment.Timeline, file.Segment.Number));
        History = history;
        SegmentSize = _files.Values.FirstOrDefault()?.Segment.Size ?? WalSegment.DefaultSize;
        var from = default(Lsn);
        foreach (var left in history.Switches)
        {
            _ranges.Insert(0, (left.Timeline, from, left.At));
            from = left.At;
        }

        _ranges.Insert(0, (history.Timeline, from, new Lsn(ulong.MaxValue)));
        Files = [.. _files.Values.Select(file => file.Segment.Number).Distinct().Order().Select(Find).OfType<WalFile>()];
    }

    /// <summary>The timeline that it leads to, and those before.</summary>
    public TimelineHistory History { get; }

    /// <summary>Bytes of each segment.</summary>
    public int SegmentSize { get; }

    /// <summary>The files, by position.</summary>
    public IReadOnlyList<WalFile> Files { get; }

    /// <summary>The file of a segment; null when there is none.</summary>
    public WalFile? Find(ulong number)
    {
        foreach (var (timeline, from, to) in _ranges)
        {
            // The segment of a switch is on both timelines: the newer one begins with a copy of the older one's.
            if (number >= from.Value / (ulong)SegmentSize && number * (ulong)SegmentSize <= to.Value
                && _files.TryGetValue((timeline, number), out var file))
            {
                return file;
            }
        }

        return null;
    }

    /// <summary>Whether there is any segment after one.</summary>
    public bool GoesOnAfter(ulong number) => Files.Count > 0 && Files[^1].Segment.Number > number;

    /// <summary>The segment that belongs at a position.</summary>
    public WalSegment Expected(Lsn position) => WalSegment.At(History.TimelineAt(position), position, SegmentSize);
}
