namespace LettaDr.Tests;

public sealed class IndexBuildSettingsTests
{
    private const long MiB = 1L << 20;
    private const long GiB = 1L << 30;

    private static readonly DatabaseInventory Plain = Sample.Inventory();
    private static readonly DatabaseInventory Vectors = Plain with
    {
        Objects = [new SchemaObject("index", "letta.ix", "CREATE INDEX ix ON letta.p USING hnsw (v letta.vector_l2_ops)")],
    };

    [Theory]
    [InlineData(8 * GiB, 2, 1 * GiB)]
    [InlineData(8 * GiB, 1, 2 * GiB)]
    [InlineData(1 * GiB, 2, 128 * MiB)]
    [InlineData(256 * MiB, 4, 64 * MiB)]
    [InlineData(512 * GiB, 2, 2 * GiB)]
    public void A_quarter_of_the_memory_is_shared_by_the_builds(long memory, int jobs, long each) =>
        Assert.Equal(each, IndexBuildSettings.For(Plain, Target(memory, 64 * MiB), jobs).MaintenanceWorkMemory);

    [Fact]
    public void Of_an_unknown_server_little_memory_is_taken() =>
        Assert.Equal(256 * MiB, IndexBuildSettings.For(Plain, Target(null, null), 2).MaintenanceWorkMemory);

    [Theory]
    [InlineData(8 * GiB, 64 * MiB)]
    [InlineData(8 * GiB, null)]
    [InlineData(2 * GiB, 512 * MiB)]
    public void A_vector_index_is_built_without_workers_where_shared_memory_is_small(long memory, long? shared) =>
        Assert.Equal(0, IndexBuildSettings.For(Vectors, Target(memory, shared), 1).ParallelWorkers);

    [Theory]
    [InlineData("hnsw")]
    [InlineData("ivfflat")]
    public void Each_kind_of_vector_index_counts(string method)
    {
        var inventory = Plain with { Objects = [new SchemaObject("index", "i", $"CREATE INDEX i ON t USING {method} (v)")] };

        Assert.Equal(0, IndexBuildSettings.For(inventory, Target(8 * GiB, 64 * MiB), 1).ParallelWorkers);
    }

    [Fact]
    public void With_enough_shared_memory_a_vector_index_has_the_workers_that_others_have() => Assert.Equal(
        IndexBuildSettings.For(Plain, Target(8 * GiB, 64 * MiB), 1).ParallelWorkers,
        IndexBuildSettings.For(Vectors, Target(8 * GiB, 4 * GiB), 1).ParallelWorkers);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(64)]
    public void Builds_together_take_no_more_workers_than_there_are_processors(int jobs)
    {
        var workers = IndexBuildSettings.For(Plain, Target(8 * GiB, GiB), jobs).ParallelWorkers;

        Assert.InRange(workers, 0, Math.Max(0, (Environment.ProcessorCount / jobs) - 1));
    }

    [Fact]
    public void Options_are_those_of_a_session() => Assert.Equal(
        "-c maintenance_work_mem=65536kB -c max_parallel_maintenance_workers=3 -c synchronous_commit=off",
        new IndexBuildSettings(64 * MiB, 3).Options);

    private static TargetProfile Target(long? memory, long? shared) =>
        new RestoreCase().Target with { MemoryBytes = memory, SharedMemoryBytes = shared };
}
