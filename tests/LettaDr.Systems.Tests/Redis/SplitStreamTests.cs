namespace LettaDr.Systems.Tests;

public sealed class SplitStreamTests
{
    private readonly Dictionary<string, MemoryStream> _made = [];

    [Fact]
    public void Each_file_gets_its_bytes_wherever_the_stream_is_cut_and_empty_ones_are_made_too()
    {
        using var split = new SplitStream(Make);
        split.Write("3 a\n0 no"u8);
        split.Write("ne\n4 b\n0 the last\n"u8);
        split.Write("\naa"u8);
        split.Write("abbb"u8);
        split.Write("b"u8);

        Assert.Equal([("a", 3), ("none", 0), ("b", 4), ("the last", 0)], split.Complete()!);
        Assert.Equal(["a", "none", "b", "the last"], _made.Keys);
        Assert.Equal(["aaa", string.Empty, "bbbb", string.Empty], _made.Values.Select(made => System.Text.Encoding.UTF8.GetString(made.ToArray())));
        Assert.All(_made.Values, made => Assert.False(made.CanWrite));
        Assert.Throws<InvalidDataException>(() => split.Write("c"u8));
    }

    [Fact]
    public void A_file_or_a_list_that_ended_early_is_not_complete()
    {
        using var split = new SplitStream(Make);
        Assert.Null(split.Complete());
        split.Write("3 a\n4 b\n"u8);
        Assert.Null(split.Complete());
        split.Write("\naaabbb"u8);
        Assert.Null(split.Complete());
        split.Write("b"u8);
        Assert.NotNull(split.Complete());
    }

    private MemoryStream Make(string name, long size) => _made[name] = new MemoryStream();
}
