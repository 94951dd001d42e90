namespace LettaDr.Tests;

public sealed class BackupPlannerTests
{
    private const long Heavy = BackupPlanner.HeavyTableBytes;

    [Fact]
    public void A_heavy_plain_table_goes_as_binary_copy() =>
        Assert.Equal(TableRoute.BinaryCopy, BackupPlanner.RouteOf(Sample.Table("messages", Heavy), portable: false));

    [Fact]
    public void A_light_table_goes_with_the_archive() =>
        Assert.Equal(TableRoute.Archive, BackupPlanner.RouteOf(Sample.Table("agents", Heavy - 1), portable: false));

    [Theory]
    [InlineData("vector")]
    [InlineData("letta.vector")]
    [InlineData("letta.vector(4096)")]
    [InlineData("public.halfvec(2048)")]
    public void A_table_with_vectors_goes_as_binary_copy_however_light(string type) =>
        Assert.Equal(TableRoute.BinaryCopy, BackupPlanner.RouteOf(Sample.Table("passages", 0, 0, "text", type), portable: false));

    [Fact]
    public void Portable_leaves_everything_to_the_archive() =>
        Assert.Equal(TableRoute.Archive, BackupPlanner.RouteOf(Sample.Table("passages", 9L << 30, 9, "letta.vector(4096)"), portable: true));

    [Fact]
    public void What_has_semantics_of_its_own_goes_with_the_archive()
    {
        var table = Sample.Table("t", 9L << 30, 9, "integer", "letta.vector(3)");
        TableInventory[] tables =
        [
            table with { Plain = false },
            table with { Columns = [] },
            table with { Columns = [.. table.Columns, new TableColumn { Name = "g", Type = "integer", PortableBinary = true, Generated = true }] },
            table with { Columns = [.. table.Columns, new TableColumn { Name = "e", Type = "letta.mood[]", PortableBinary = false }] },
        ];

        Assert.All(tables, odd => Assert.Equal(TableRoute.Archive, BackupPlanner.RouteOf(odd, portable: false)));
    }

    [Theory]
    [InlineData(0L, 0L)]
    [InlineData(0L, 1L)]
    [InlineData(8_192L, 1L)]
    [InlineData(1L << 40, 0L)]
    [InlineData(1L << 40, 1L)]
    [InlineData(1L << 40, 2L)]
    [InlineData(1L << 40, 7L)]
    [InlineData((32L << 20) - 1, 4_095L)]
    [InlineData(32L << 20, 4_096L)]
    [InlineData(64L << 20, 8_192L)]
    [InlineData((64L << 20) + 8_192, 8_193L)]
    [InlineData(100L << 20, 12_799L)]
    [InlineData(2_700L << 20, 345_601L)]
    [InlineData(32L << 40, 4_294_967_294L)]
    public void Parts_cover_every_block_exactly_once(long bytes, long blocks)
    {
        foreach (var jobs in new[] { 1, 2, 3, 8, 64 })
        {
            var parts = BackupPlanner.Split([Sample.Table("messages", bytes, blocks)], jobs, rangeScans: true)
                .OrderBy(part => part.FirstBlock ?? -1).ToList();

            Assert.NotEmpty(parts);
            Assert.Null(parts[0].FirstBlock);
            Assert.Null(parts[^1].EndBlock);
            for (var i = 1; i < parts.Count; i++)
            {
                Assert.NotNull(parts[i].FirstBlock);
                Assert.Equal(parts[i - 1].EndBlock, parts[i].FirstBlock);
                Assert.True(parts[i].FirstBlock > (parts[i - 1].FirstBlock ?? 0), "every part holds a block");
            }

            Assert.True(parts.Count == 1 || parts[^1].FirstBlock < blocks, "the last part begins inside the table");
        }
    }

    [Fact]
    public void Without_range_scans_or_a_heap_a_table_is_one_part()
    {
        var table = Sample.Table("messages", 9L << 30, 1_000_000);

        Assert.Single(BackupPlanner.Split([table], 4, rangeScans: false));
        Assert.Single(BackupPlanner.Split([table with { Heap = false }], 4, rangeScans: true));
        Assert.InRange(BackupPlanner.Split([table], 4, rangeScans: true).Count, 16, 64);
    }

    [Fact]
    public void Every_table_is_there_and_the_largest_parts_come_first()
    {
        TableInventory[] tables =
        [
            Sample.Table("empty", 0, 0), Sample.Table("small", 8_192, 1), Sample.Table("large", 3L << 30, 393_216), Sample.Table("middle", 70L << 20, 8_960),
        ];

        var parts = BackupPlanner.Split(tables, 2, rangeScans: true);

        Assert.Equal(tables.Select(table => table.Name).Order(), parts.Select(part => part.Table.Name).Distinct().Order());
        Assert.Equal(parts.Select(part => part.Bytes).OrderDescending(), parts.Select(part => part.Bytes));
    }

    [Fact]
    public void No_table_makes_no_part() => Assert.Empty(BackupPlanner.Split([], 2, rangeScans: true));
}
