using System.Text;

namespace LettaDr.Tests;

public sealed class PgBackRestArchiveListTests
{
    [Fact]
    public void Segments_are_listed_and_what_is_none_is_not()
    {
        var list = PgBackRestArchiveList.Read(PgBackRestSample.Read("archive.json"), WalSegment.DefaultSize);

        Assert.Equal(
            ["000000010000000000000001", "000000010000000000000002", "000000010000000000000003", "000000010000000000000004"],
            list.Files.Select(file => file.Segment.Name));
        Assert.Equal((16528, false, DateTimeOffset.FromUnixTimeSeconds(1795443118)), (list.Files[2].StoredBytes, list.Files[2].IsPartial, list.Files[2].WrittenAt));
        Assert.Empty(list.Timelines);
    }

    [Fact]
    public void Histories_tell_their_timelines_and_the_end_of_one_that_was_left_is_no_segment()
    {
        var list = Read("""
            {".":{"type":"path"},"0000000B.history":{"type":"file","size":50,"time":1},
             "0000000A00000000/0000000A0000000000000003.partial-0f764f58fff049ff0427af5d4fa697c0bf273982.gz":{"type":"file","size":1,"time":1}}
            """);

        Assert.Equal([11u], list.Timelines);
        Assert.Empty(list.Files);
        Assert.Equal("0000000A0000000000000003", Assert.Single(list.Partials).Name);
        Assert.Empty(Read("""{".":{"type":"path"}}""").Files);
        Assert.Equal("PgBackRestListUnreadable", Assert.Throws<LettaDrException>(() => Read("[]")).Id);
    }

    private static PgBackRestArchiveList Read(string json) => PgBackRestArchiveList.Read(Encoding.UTF8.GetBytes(json), WalSegment.DefaultSize);
}
