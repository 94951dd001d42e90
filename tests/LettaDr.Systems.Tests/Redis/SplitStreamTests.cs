namespace LettaDr.Systems.Tests;

public sealed class SplitStreamTests
{
    private readonly Dictionary<string, MemoryStream> _made = [];

    [Fact]
    public void Each_file_gets_its_bytes_wherever_the_stream_is_cut_and_empty_ones_are_made_too()
    {
        using var split = new SplitStream([("a", 3), ("none", 0), ("b", 4), ("last", 0)], Make);
        split.Write("aa"u8);
        split.Write("abbb"u8);
        split.Write("b"u8);

        Assert.True(split.Complete());
        Assert.Equal(["a", "none", "b", "last"], _made.Keys);
        Assert.Equal(["aaa", string.Empty, "bbbb", string.Empty], _made.Values.Select(made => System.Text.Encoding.UTF8.GetString(made.ToArray())));
        Assert.All(_made.Values, made => Assert.False(made.CanWrite));
        Assert.Throws<InvalidDataException>(() => split.Write("c"u8));
    }

    [Fact]
    public void A_file_that_ended_early_is_not_complete()
    {
        using var split = new SplitStream([("a", 3), ("b", 4)], Make);
        split.Write("aaabbb"u8);

        Assert.False(split.Complete());
    }

    private MemoryStream Make(string name, long size) => _made[name] = new MemoryStream();
}
