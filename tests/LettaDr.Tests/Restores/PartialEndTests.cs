namespace LettaDr.Tests;

/// <summary>A timeline whose last segment was archived in part.</summary>
public sealed class PartialEndTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly SyntheticLog _log = new();

    [Fact]
    public void What_only_a_partial_segment_holds_is_told_with_the_way_to_it()
    {
        _log.Commit(Noon);
        _log.Switch();
        _log.Commit(Noon.AddMinutes(1));
        var at = _log.End;
        var left = Left();

        var told = PartialEnd.Describe(_log, [left], 1);

        Assert.Contains($"ends in {left}.partial", told, StringComparison.Ordinal);
        Assert.EndsWith($"-Timeline 2 -Lsn {at} recovers all of it.", told, StringComparison.Ordinal);
        Assert.Null(PartialEnd.Describe(_log, [left], 2));
        Assert.Null(PartialEnd.Describe(_log, [left], null));
    }

    [Fact]
    public void One_that_is_there_whole_too_or_lies_before_whole_ones_is_not()
    {
        _log.Commit(Noon);
        var whole = WalSegment.At(1, new Lsn(_log.End.Value - 1), SyntheticLog.SegmentSize);
        _log.Switch();
        _log.Commit(Noon.AddMinutes(1));

        Assert.Null(PartialEnd.Describe(_log, [whole], null));
        Assert.Null(PartialEnd.Describe(_log, [], 1));
    }

    [Fact]
    public void Where_the_next_timeline_is_unknown_no_way_is_told()
    {
        _log.Commit(Noon);
        var end = new WalSegment(1, 9, SyntheticLog.SegmentSize);

        Assert.EndsWith("is not recovered along it.", PartialEnd.Describe(_log, [end], null), StringComparison.Ordinal);
    }

    /// <summary>Leaves the timeline in the middle of its segment, which is archived in part only.</summary>
    private WalSegment Left()
    {
        var left = _log.Current;
        _log.Promote();
        _log.Contents.Remove(left);
        Assert.True(WalSegment.TryParse(left, SyntheticLog.SegmentSize, out var segment));
        return segment;
    }
}
