namespace LettaDr.Tests;

public sealed class WalNamesTests
{
    [Theory]
    [InlineData("0/0", 0UL)]
    [InlineData("0/16B3748", 0x16B3748UL)]
    [InlineData("AB/CDEF0123", 0xAB_CDEF0123UL)]
    [InlineData("FFFFFFFF/FFFFFFFF", ulong.MaxValue)]
    public void ALogSequenceNumberIsReadAndWrittenAsPostgresDoes(string text, ulong value)
    {
        Assert.Equal(value, Lsn.Parse(text).Value);
        Assert.Equal(text, new Lsn(value).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("16B3748")]
    [InlineData("0/")]
    [InlineData("0/0/0")]
    [InlineData("0/123456789")]
    [InlineData("0x1/2")]
    [InlineData(" 0/1")]
    public void WhatIsNoneIsRefused(string text) => Assert.Throws<FormatException>(() => Lsn.Parse(text));

    [Theory]
    [InlineData("000000010000000000000001", 16 << 20, 1U, "0/1000000")]
    [InlineData("0000000200000003000000FF", 16 << 20, 2U, "3/FF000000")]
    [InlineData("000000010000000100000003", 1 << 30, 1U, "1/C0000000")]
    public void ASegmentsNameTellsWhereItBegins(string name, int size, uint timeline, string start)
    {
        Assert.True(WalSegment.TryParse(name, size, out var segment));
        Assert.Equal((timeline, Lsn.Parse(start), name), (segment.Timeline, segment.Start, segment.Name));
        Assert.Equal(segment, WalSegment.At(timeline, new Lsn(segment.Start.Value + (ulong)size - 1), size));
        Assert.Equal(segment.End, WalSegment.At(timeline, segment.End, size).Start);
    }

    [Theory]
    [InlineData("00000001000000000000001")]
    [InlineData("00000001000000000000000g")]
    [InlineData("00000001000000000000000a")]
    [InlineData("000000010000000000000100")]
    [InlineData("000000010000000000000001.partial")]
    public void AnotherFilesNameIsNoSegment(string name) => Assert.False(WalSegment.TryParse(name, WalSegment.DefaultSize, out _));

    [Fact]
    public void AHistoryTellsTheTimelineOfAPosition()
    {
        var history = TimelineHistory.Parse(3, "1\t0/3000000\tno recovery target specified\n\n2\t0/5000100\tbefore 2026-01-01 00:00:00+00\n");

        Assert.Equal("00000003.history", history.FileName);
        Assert.Equal([1U, 1U, 2U, 2U, 3U], new[] { "0/0", "0/2FFFFFF", "0/3000000", "0/50000FF", "0/5000100" }.Select(at => history.TimelineAt(Lsn.Parse(at))));
        Assert.Throws<FormatException>(() => TimelineHistory.Parse(2, "nonsense"));
    }
}
