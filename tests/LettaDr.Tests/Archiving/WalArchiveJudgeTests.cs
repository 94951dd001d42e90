namespace LettaDr.Tests;

public sealed class WalArchiveJudgeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(true, 5, WalArchiveState.Streaming)]
    [InlineData(true, 60, WalArchiveState.Streaming)]
    [InlineData(true, 61, WalArchiveState.Stalled)]
    [InlineData(false, 1, WalArchiveState.Stopped)]
    [InlineData(null, 5, WalArchiveState.Streaming)]
    [InlineData(null, 61, WalArchiveState.Stopped)]
    public void TheStateIsJudgedByWhatWasFoundAndByWhatRuns(bool? receives, int age, WalArchiveState expected)
    {
        var archive = WalArchiveJudge.State(Archive(age), receives, Now);

        Assert.Equal(expected, archive.State);
        Assert.Equal(expected == WalArchiveState.Streaming, archive.Problem is null);
    }

    [Fact]
    public void AnArchiveWithoutACommitIsNotStreaming() =>
        Assert.Equal(WalArchiveState.Stalled, WalArchiveJudge.State(Archive(1) with { RecoverableAt = null }, receives: true, Now).State);

    [Theory]
    [InlineData("reserved", 1L << 20, null, "-1", 100L << 30, "")]
    [InlineData("", null, null, "-1", 100L << 30, "has no slot lettadr")]
    [InlineData("lost", null, null, "1GB", 100L << 30, "is lost")]
    [InlineData("unreserved", 2L << 30, -1L, "1GB", 100L << 30, "is unreserved")]
    [InlineData("extended", 600L << 20, 400L << 20, "1GB", 100L << 30, "after 400.0 MiB more the server gives it up")]
    [InlineData("extended", 400L << 20, 600L << 20, "1GB", 100L << 30, "")]
    [InlineData("extended", 30L << 30, null, "-1", 100L << 30, "holds back 30.0 GiB on the server's disk, which has 100.0 GiB free")]
    [InlineData("extended", 20L << 30, null, "-1", 100L << 30, "")]
    public void ASlotIsWarnedOfBeforeItFillsTheDiskOrIsGivenUp(string status, long? retained, long? safe, string limit, long free, string expected)
    {
        var archive = WalArchiveJudge.Server(Archive(1) with { ServerFreeBytes = free }, status, retained, safe, limit);

        Assert.Equal(expected.Length == 0 ? 0 : 1, archive.Warnings.Count);
        Assert.All(archive.Warnings, warning => Assert.Contains(expected, warning, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(33L << 20, true, 100L << 30, "holds back 33.0 MiB of the 64.0 MiB that it may (-MaximumSlotSize): beyond, the receiver gives it up")]
    [InlineData(33L << 20, false, 100L << 30, "nothing receives that would give it up")]
    [InlineData(70L << 20, true, 100L << 20, "holds back 70.0 MiB of the 64.0 MiB")]
    [InlineData(32L << 20, true, 100L << 30, "")]
    public void ASlotIsWarnedOfAtHalfOfWhatItWasGiven(long retained, bool receives, long free, string expected)
    {
        var archive = WalArchiveJudge.State(Archive(1) with { MaximumSlotSize = 64L << 20, ServerFreeBytes = free }, receives, Now);

        var warnings = WalArchiveJudge.Server(archive, "extended", retained, null, "-1").Warnings;

        Assert.Equal(expected.Length == 0 ? 0 : 1, warnings.Count);
        Assert.All(warnings, warning => Assert.Contains(expected, warning, StringComparison.Ordinal));
    }

    [Fact]
    public void HolesAndAMissingCopyAreWarnedOf()
    {
        var hole = new WalHole(new WalSegment(1, 5, 16 << 20), new WalSegment(1, 6, 16 << 20));

        Assert.Equal(2, WalArchiveJudge.Warnings(Archive(1) with { Holes = [hole] }).Count());
        Assert.Empty(WalArchiveJudge.Warnings(Archive(1) with { BaseId = "some" }));
    }

    private static WalArchive Archive(int age) => new()
    {
        Deployment = "letta", Repository = "/r", Path = "/r/letta/wal/1", SystemIdentifier = "1", State = WalArchiveState.Stopped, Timeline = 1, Segments = 3, Size = 1,
        RecoverableAt = Now.AddSeconds(-age), HeartbeatInterval = TimeSpan.FromSeconds(10), Slot = "lettadr",
    };
}
