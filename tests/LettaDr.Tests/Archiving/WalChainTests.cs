namespace LettaDr.Tests;

public sealed class WalChainTests
{
    private const int Size = WalSegment.DefaultSize;
    private static readonly TimelineHistory First = new() { Timeline = 1 };
    private static readonly TimelineHistory Second = new() { Timeline = 2, Switches = [new TimelineSwitch(1, Lsn.Parse("0/5000100"), "test")] };

    [Fact]
    public void AChainGoesToTheEndWhereNothingIsMissing()
    {
        var chain = WalChain.From(Files((1, 2), (1, 3), (1, 4)), First, Lsn.Parse("0/2000028"));

        Assert.Equal((3, null, Lsn.Parse("0/5000000")), (chain.Files.Count, chain.Missing, chain.End));
    }

    [Fact]
    public void AMissingSegmentBreaksIt()
    {
        var chain = WalChain.From(Files((1, 2), (1, 4)), First, Lsn.Parse("0/2000028"));

        Assert.Equal(("000000010000000000000003", Lsn.Parse("0/3000000")), (chain.Missing!.Value.Name, chain.End));
    }

    [Fact]
    public void AStartBeforeTheArchiveHasNoChain()
    {
        var chain = WalChain.From(Files((1, 5), (1, 6)), First, Lsn.Parse("0/2000028"));

        Assert.Equal((0, "000000010000000000000002", chain.Start), (chain.Files.Count, chain.Missing!.Value.Name, chain.End));
    }

    [Fact]
    public void ATimelineBranchesWithinASegment()
    {
        var files = Files((1, 4), (1, 5), (1, 6), (2, 5), (2, 6));

        var chain = WalChain.From(files, Second, Lsn.Parse("0/4000028"));
        Assert.Equal(["000000010000000000000004", "000000020000000000000005", "000000020000000000000006"], chain.Files.Select(file => file.Segment.Name));
        Assert.Equal(3, WalChain.From(files, First, Lsn.Parse("0/4000028")).Files.Count);
        Assert.Empty(WalChain.Holes(files, [Second]));
    }

    [Fact]
    public void TheOldTimelinesSegmentOfTheSwitchDoesNotCoverTheNextOne()
    {
        var chain = WalChain.From(Files((1, 4), (1, 5), (1, 6), (2, 7)), Second, Lsn.Parse("0/4000028"));

        Assert.Equal(["000000010000000000000004", "000000010000000000000005"], chain.Files.Select(file => file.Segment.Name));
        Assert.Equal("000000020000000000000006", chain.Missing!.Value.Name);
    }

    [Fact]
    public void HolesAreTheSegmentsBetween()
    {
        var holes = WalChain.Holes(Files((1, 2), (1, 5), (1, 6), (1, 8)), []);

        Assert.Equal(["000000010000000000000003 to 000000010000000000000004", "000000010000000000000007"], holes.Select(hole => hole.ToString()));
        Assert.Equal([2L, 1L], holes.Select(hole => hole.Segments));
    }

    [Fact]
    public void ASegmentThatWasReceivedInPartIsMissingWhereTheArchiveGoesOnAfterIt()
    {
        var files = Files((1, 2), (1, 3), (1, 4), (1, 7));
        files[2] = files[2] with { IsPartial = true };

        Assert.Equal("000000010000000000000004 to 000000010000000000000006", Assert.Single(WalChain.Holes(files, [])).ToString());
        Assert.Equal("000000010000000000000004", WalChain.From(files, First, Lsn.Parse("0/2000028")).Missing!.Value.Name);
        Assert.Equal(3, Assert.Single(WalChain.Holes(files[2..], [])).Segments);
        Assert.Empty(WalChain.Holes(files[..3], []));
        Assert.Null(WalChain.From(files[..3], First, Lsn.Parse("0/2000028")).Missing);
    }

    [Fact]
    public void ATimelineWithoutItsHistoryIsRefused()
    {
        var log = new SyntheticLog();
        log.Fill(10);
        log.Promote();
        Assert.Equal(2U, WalChain.Newest(log).Timeline);

        log.Contents.Add("000000030000000000000001", []);
        Assert.Equal("TimelineHistoryMissing", Assert.Throws<LettaDrException>(() => WalChain.Newest(log)).Id);
    }

    private static List<WalFile> Files(params (uint Timeline, ulong Number)[] segments) =>
        [.. segments.Select(segment => new WalSegment(segment.Timeline, segment.Number, Size)).Select(segment => new WalFile(segment, segment.Name, 1, false, default))];
}
