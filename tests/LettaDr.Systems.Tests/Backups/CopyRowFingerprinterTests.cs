namespace LettaDr.Systems.Tests;

public sealed class CopyRowFingerprinterTests
{
    private static readonly string?[][] Some =
        [["1", "one", null], ["2", string.Empty, "zwei — две"], [null, null, null], [], ["2", string.Empty, "zwei — две"], [new string('x', 300), "y"]];

    [Fact]
    public void It_agrees_with_the_straightforward_way()
    {
        var stream = CopyBytes.Stream(Some);

        var fingerprint = Of(stream);

        Assert.Equal(6, fingerprint.Rows);
        Assert.Equal(CopyBytes.Fingerprint(CopyBytes.Rows(stream).Select(row => row.Bytes)), fingerprint);
    }

    [Fact]
    public void A_split_at_every_byte_changes_nothing()
    {
        var stream = CopyBytes.Stream(Some);
        var whole = Of(stream);

        for (var split = 0; split <= stream.Length; split++)
        {
            Assert.Equal(whole, Of(stream[..split], stream[split..]));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(64)]
    public void Pieces_of_any_size_give_the_same(int size)
    {
        var stream = CopyBytes.Stream(Some);

        Assert.Equal(Of(stream), Of([.. stream.Chunk(size)]));
    }

    [Fact]
    public void The_order_of_rows_does_not_matter()
    {
        var expected = Of(CopyBytes.Stream(Some));

        Assert.Equal(expected, Of(CopyBytes.Stream(Some.Reverse())));
        Assert.Equal(expected, Of(CopyBytes.Stream(Some.OrderBy(row => row.Length))));
    }

    [Fact]
    public void Parts_add_up_to_the_whole()
    {
        var expected = Of(CopyBytes.Stream(Some));

        for (var cut = 0; cut <= Some.Length; cut++)
        {
            Assert.Equal(expected, Of(CopyBytes.Stream(Some[..cut])) + Of(CopyBytes.Stream(Some[cut..])));
        }
    }

    [Fact]
    public void Every_changed_byte_of_a_row_shows()
    {
        var stream = CopyBytes.Stream([["ab", "cd"], ["ef", null]]);
        var expected = Of(stream);
        var seen = new HashSet<Fingerprint> { expected };
        var data = new[] { 25, 26, 31, 32, 39, 40 };

        foreach (var index in data)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var changed = (byte[])stream.Clone();
                changed[index] ^= (byte)(1 << bit);
                Assert.True(seen.Add(Of(changed)), $"bit {bit} of byte {index}");
            }
        }
    }

    public static TheoryData<string, string?[][]> Changes => new()
    {
        { "a row lost", Some[1..] },
        { "a row doubled", [.. Some, Some[0]] },
        { "a row doubled instead of another", [Some[0], Some[0], Some[2], Some[3], Some[4], Some[5]] },
        { "the third copy of a row", [.. Some, Some[1]] },
        { "all rows of NULLs lost", [.. Some.Where(row => row.Length == 0 || row[0] is not null)] },
        { "a row without columns lost", [.. Some.Where(row => row.Length > 0)] },
        { "values that changed places", [["one", "1", null], .. Some[1..]] },
        { "NULL instead of an empty text", [Some[0], ["2", null, "zwei — две"], .. Some[2..]] },
        { "a value cut in two", [["1", "on", "e"], .. Some[1..]] },
        { "two values that changed rows", [["1", string.Empty, null], ["2", "one", "zwei — две"], .. Some[2..]] },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void What_is_not_the_same_rows_differs(string what, string?[][] rows) =>
        Assert.True(Of(CopyBytes.Stream(Some)) != Of(CopyBytes.Stream(rows)), what);

    [Fact]
    public void A_stream_cut_off_anywhere_is_refused()
    {
        var stream = CopyBytes.Stream(Some);

        for (var length = 0; length < stream.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => Of(stream[..length]));
        }
    }

    [Fact]
    public void What_goes_on_after_its_trailer_is_refused() =>
        Assert.Throws<InvalidDataException>(() => Of([.. CopyBytes.Stream(Some), 0]));

    [Fact]
    public void What_is_no_binary_copy_is_refused() =>
        Assert.Throws<InvalidDataException>(() => Of("1\tone\t\\N\n2\t\tzwei\nand more text of that kind\n"u8.ToArray()));

    [Fact]
    public void A_header_extension_is_skipped_however_it_is_split()
    {
        var plain = Of(CopyBytes.Stream(Some));
        var stream = CopyBytes.Stream(Some, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);

        Assert.Equal(plain, Of(stream));
        Assert.Equal(plain, Of([.. stream.Chunk(1)]));
    }

    [Fact]
    public void No_row_is_a_fingerprint_too()
    {
        Assert.Equal(default, Of(CopyBytes.Stream([])));
        Assert.NotEqual(default, Of(CopyBytes.Stream([[]])));
    }

    private static Fingerprint Of(params byte[][] pieces)
    {
        var fingerprinter = new CopyRowFingerprinter();
        foreach (var piece in pieces)
        {
            fingerprinter.Append(piece);
        }

        return fingerprinter.Complete();
    }
}
