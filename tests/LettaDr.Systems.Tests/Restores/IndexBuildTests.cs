using System.Globalization;
using Npgsql;

namespace LettaDr.Systems.Tests;

/// <summary>Vector indexes in containers that are short of shared memory or memory: there and valid, or the restore has failed.</summary>
public sealed class IndexBuildTests
{
    private const string Index = "CREATE INDEX by_embedding ON passages USING hnsw (embedding vector_l2_ops) WITH (m = 8, ef_construction = 16)";

    [DockerTheory(TestImages.Postgres)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_vector_index_is_built_in_a_container_with_little_shared_memory_and_memory(int jobs)
    {
        // As the naive way has it: 64 MB of /dev/shm, and a server that is told to build with 1 GB and many workers.
        await using var small = new SpareServer(request => request with
        {
            MemoryBytes = 700L << 20,
            Command =
            [
                "-c", "fsync=off", "-c", "maintenance_work_mem=1GB", "-c", "max_parallel_maintenance_workers=4", "-c", "max_parallel_workers=8",
                "-c", "min_parallel_table_scan_size=0",
            ],
        });
        await small.InitializeAsync();
        var deployment = small.Deployment("vectors");
        await PostgresServer.ExecuteAsync(small.Deployment("postgres"), "CREATE DATABASE vectors");
        await PostgresServer.ExecuteAsync(
            deployment,
            """
            CREATE EXTENSION vector;
            CREATE TABLE passages (id int PRIMARY KEY, embedding vector(128));
            INSERT INTO passages SELECT i, (SELECT array_agg(sin(i * 0.37 + j)) FROM generate_series(1, 128) AS j)::vector FROM generate_series(1, 5000) AS i;
            """);

        // What happens to whoever builds it as the server is told to: the graph's memory does not fit.
        var failure = await Assert.ThrowsAsync<PostgresException>(() => PostgresServer.ExecuteAsync(deployment, Index));
        Assert.Contains("shared memory", failure.MessageText, StringComparison.Ordinal);
        await PostgresServer.ExecuteAsync(deployment, "SET max_parallel_maintenance_workers = 0; " + Index);
        using var repository = new TemporaryRepository();
        var backup = await LettaOperations.BackUpAsync(deployment, repository);
        await PostgresServer.ExecuteAsync(small.Deployment("postgres"), "DROP DATABASE vectors");

        var result = await LettaOperations.RestoreAsync(deployment, repository, backup, request => request with { Jobs = jobs });

        Assert.Empty(result.Differences);
        Assert.Equal("by_embedding\tTrue\tTrue", Assert.Single(await PostgresServer.LinesAsync(
            deployment, "SELECT indexrelid::regclass::text, indisvalid, indisready FROM pg_index WHERE indrelid = 'passages'::regclass AND NOT indisprimary")));
        // An approximate index may give another vector that is as near: the vectors lie about 0.01 apart.
        const string Through = "SET enable_seqscan = off; ";
        const string Nearest = "SELECT embedding <-> (SELECT embedding FROM passages WHERE id = 17) AS distance FROM passages ORDER BY 1 LIMIT 1";
        Assert.Contains(
            await PostgresServer.LinesAsync(deployment, Through + "EXPLAIN " + Nearest),
            line => line.Contains("Index Scan using by_embedding", StringComparison.Ordinal));
        Assert.InRange(double.Parse(await PostgresServer.ValueAsync(deployment, Through + Nearest), CultureInfo.InvariantCulture), 0, 0.05);
    }
}
