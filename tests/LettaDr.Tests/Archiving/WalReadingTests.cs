namespace LettaDr.Tests;

public sealed class WalReadingTests
{
    [Fact]
    public void EverySegmentOfEveryTimelineIsReadOnce()
    {
        var log = WalWalkTests.Filled(commits: 400, bytes: 1234);
        var before = new WalReading(log, _ => { }).Read(CancellationToken.None);
        log.Promote();
        log.Commit(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));
        log.Partials.Add(log.Current);
        long heard = 0;

        var reading = new WalReading(log, bytes => heard += bytes).Read(CancellationToken.None);

        Assert.Empty(reading.Problems);
        Assert.Equal(800, before.Records);
        Assert.True(reading.Records > before.Records);
        Assert.Equal(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero), reading.LastCommit);
        Assert.True(heard > 0);
    }

    [Fact]
    public void AfterDamageAndAfterAHoleReadingGoesOn()
    {
        var log = WalWalkTests.Filled(commits: 600, bytes: 1234);
        var names = log.Contents.Keys.Order(StringComparer.Ordinal).ToArray();
        log.Contents[names[1]][9000] ^= 1;
        log.Contents.Remove(names[4]);
        log.Contents[names[7]][9000] ^= 1;

        var reading = new WalReading(log, _ => { }).Read(CancellationToken.None);

        Assert.Equal([names[1], names[7]], reading.Problems.Select(problem => names.Single(name => problem.Contains(name, StringComparison.Ordinal))));
        Assert.Equal(names[4], Assert.Single(WalChain.Holes(log.Files(), [])).ToString());
        Assert.NotNull(reading.LastCommit);
    }

    [Fact]
    public void TheTailIsFoundInTheLastSegmentsAndOnlyAfterTheLastGap()
    {
        var log = WalWalkTests.Filled(commits: 600, bytes: 1234);
        var names = log.Contents.Keys.Order(StringComparer.Ordinal).ToArray();
        var (chain, end) = WalTail.Read(log, log.History, null, CancellationToken.None);
        Assert.Equal((names.Length, log.End), (chain.Files.Count, end!.Position));

        log.Contents.Remove(names[4]);
        (chain, end) = WalTail.Read(log, log.History, null, CancellationToken.None);
        Assert.Equal((names.Length - 5, log.End), (chain.Files.Count, end!.Position));

        // From before the gap, nothing after it counts.
        (chain, end) = WalTail.Read(log, log.History, SyntheticLog.Begin, CancellationToken.None);
        Assert.Equal((4, WalEndReason.MissingSegment), (chain.Files.Count, end!.Reason));
        Assert.True(end.Position < chain.End);
    }
}
