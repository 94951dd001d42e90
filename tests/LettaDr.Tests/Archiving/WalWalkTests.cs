namespace LettaDr.Tests;

public sealed class WalWalkTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, 123, TimeSpan.Zero);

    [Fact]
    public void EventsComeInOrderWithTheirTimes()
    {
        var log = new SyntheticLog();
        log.Fill(100);
        var first = log.Commit(Noon, 700);
        log.Fill(30_000);
        var point = log.RestorePoint("before the upgrade", Noon.AddSeconds(1));
        var last = log.Commit(Noon.AddSeconds(2), 701);
        log.Partials.Add(log.Current);

        var (events, end) = Walk(log);

        Assert.Equal(
            [(WalEventKind.Commit, first, Noon, null), (WalEventKind.RestorePoint, point, Noon.AddSeconds(1), "before the upgrade"), (WalEventKind.Commit, last, Noon.AddSeconds(2), null)],
            events.Select(found => (found.Kind, found.End, found.Time!.Value, found.Text)));
        Assert.Equal((WalEndReason.EndOfArchive, last, last, Noon.AddSeconds(2)), (end.Reason, end.Position, end.LastCommit!.Value, end.LastCommitTime!.Value));
    }

    [Fact]
    public void RecordsCrossPagesAndSegments()
    {
        var log = Filled(commits: 400, bytes: 1234);

        var (events, end) = Walk(log);

        Assert.Equal(Enumerable.Range(1, 400).Select(number => (uint)number), events.Select(found => found.TransactionId));
        Assert.True(log.Contents.Count >= 8);
        Assert.Equal(log.End, end.Position);
    }

    [Fact]
    public void AWalkMayBeginWithinARecord()
    {
        var log = Filled(commits: 400, bytes: 1234);
        var middle = new Lsn(SyntheticLog.Begin.Value + (5 * (ulong)SyntheticLog.SegmentSize));

        var (events, end) = Walk(log, middle);

        Assert.True(events[0].Start >= middle && events[0].Start - middle < 3000);
        Assert.Equal((400U, log.End), (events[^1].TransactionId, end.Position));
    }

    [Fact]
    public void ASwitchLeadsToTheNextSegment()
    {
        var log = new SyntheticLog();
        log.Commit(Noon, 1);
        log.Switch();
        log.Commit(Noon, 2);
        log.Partials.Add(log.Current);

        var (events, end) = Walk(log);

        Assert.Equal([WalEventKind.Commit, WalEventKind.Switch, WalEventKind.Commit], events.Select(found => found.Kind));
        Assert.Equal((WalEndReason.EndOfArchive, log.End), (end.Reason, end.Position));
    }

    [Fact]
    public void APromotionIsFollowedAndWhatCameAfterItOnTheOldTimelineIsNot()
    {
        var log = Filled(commits: 30, bytes: 900);
        var old = log.Current;
        log.Promote();
        log.Commit(Noon, 1000);
        log.Partials.Add(log.Current);

        var (events, end) = Walk(log);
        Assert.Equal(1000U, events[^1].TransactionId);
        Assert.Equal((WalEndReason.EndOfArchive, log.End), (end.Reason, end.Position));

        // Without the new timeline's file, the old one's leads to the switch and no further.
        log.Contents.Remove(log.Current);
        Assert.Contains(old, log.Contents.Keys);
        var (before, ended) = Walk(log);
        Assert.Equal(30U, before[^1].TransactionId);
        Assert.Equal((WalEndReason.EndOfArchive, log.History.Switches[0].At), (ended.Reason, ended.Position));
    }

    [Fact]
    public void AMissingSegmentEndsTheWalkThere()
    {
        var log = Filled(commits: 400, bytes: 1234);
        var missing = log.Contents.Keys.Order(StringComparer.Ordinal).ElementAt(3);
        log.Contents.Remove(missing);

        var (_, end) = Walk(log);

        Assert.Equal((WalEndReason.MissingSegment, missing), (end.Reason, end.Segment!.Value.Name));
        Assert.True(end.Position < end.Segment.Value.Start);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(24)]
    [InlineData(5000)]
    [InlineData(8192 + 17)]
    [InlineData(60_000)]
    public void AFlippedBitIsFound(int offset)
    {
        var log = Filled(commits: 400, bytes: 1234);
        var name = log.Contents.Keys.Order(StringComparer.Ordinal).ElementAt(2);
        log.Contents[name][offset] ^= 0x10;

        var (_, end) = Walk(log);

        Assert.Equal((WalEndReason.Damaged, name), (end.Reason, end.Segment!.Value.Name));
    }

    [Fact]
    public void EveryFlippedBitOfASegmentIsFound()
    {
        var log = Filled(commits: 150, bytes: 1234);
        var name = log.Contents.Keys.Order(StringComparer.Ordinal).ElementAt(1);
        var spared = new List<int>();
        for (var offset = 0; offset < SyntheticLog.SegmentSize; offset += 61)
        {
            log.Contents[name][offset] ^= 1;
            if (Walk(log).End.Reason != WalEndReason.Damaged)
            {
                spared.Add(offset);
            }

            log.Contents[name][offset] ^= 1;
        }

        // What nothing vouches for: the filling between records, and a record's two unused bytes.
        Assert.True(spared.Count <= 25, $"{spared.Count} were not found: {string.Join(", ", spared)}");
    }

    [Fact]
    public void ATruncatedASwappedAndALongerFileAreFound()
    {
        var log = Filled(commits: 400, bytes: 1234);
        var names = log.Contents.Keys.Order(StringComparer.Ordinal).ToArray();
        var whole = log.Contents[names[2]];

        log.Contents[names[2]] = whole[..40_000];
        Assert.Equal((WalEndReason.Damaged, names[2]), Found(log));
        log.Contents[names[2]] = [];
        Assert.Equal((WalEndReason.Damaged, names[2]), Found(log));
        log.Contents[names[2]] = [.. whole, 0];
        Assert.Equal((WalEndReason.Damaged, names[2]), Found(log));
        (log.Contents[names[2]], log.Contents[names[3]]) = (log.Contents[names[3]], whole);
        Assert.Equal((WalEndReason.Damaged, names[2]), Found(log));
    }

    [Fact]
    public void WhatWasHalfReceivedIsTheEndAndADamageBeforeMoreIsNot()
    {
        var log = Filled(commits: 3, bytes: 900);
        var before = log.End;
        log.Fill(6000);
        var content = log.Contents[log.Current];
        content.AsSpan((int)(before.Value % SyntheticLog.SegmentSize) + 3000).Clear();

        var (_, end) = Walk(log);
        Assert.Equal((WalEndReason.EndOfArchive, before), (end.Reason, end.Position));

        content[700] ^= 4;
        Assert.Equal(WalEndReason.Damaged, Walk(log).End.Reason);
    }

    [Fact]
    public void WhatAFullDiskLeftOfASegmentIsTheEnd()
    {
        var log = Filled(commits: 400, bytes: 1234);
        foreach (var length in new[] { 0, 17, 40_000 })
        {
            log.Contents[log.Current] = new byte[length];
            Assert.Equal((WalEndReason.EndOfArchive, log.Current), Found(log));
        }
    }

    internal static SyntheticLog Filled(int commits, int bytes)
    {
        var log = new SyntheticLog();
        for (var number = 1; number <= commits; number++)
        {
            log.Fill(bytes);
            log.Commit(Noon.AddSeconds(number), (uint)number);
        }

        log.Partials.Add(log.Current);
        return log;
    }

    private static (WalEndReason, string) Found(SyntheticLog log) => Walk(log).End is var end ? (end.Reason, end.Segment!.Value.Name) : default;

    private static (List<WalEvent> Events, WalEnd End) Walk(SyntheticLog log, Lsn? start = null)
    {
        var walk = new WalWalk(log, log.History, start ?? SyntheticLog.Begin);
        return (walk.Events(CancellationToken.None).ToList(), walk.End!);
    }
}
