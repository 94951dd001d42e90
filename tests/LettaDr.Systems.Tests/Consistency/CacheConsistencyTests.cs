namespace LettaDr.Systems.Tests;

[Collection(CacheCollection.Name)]
public sealed class CacheConsistencyTests(RedisServer redis, PostgresServer postgres)
{
    [DockerFact(TestImages.Postgres, TestImages.Redis)]
    public async Task A_healthy_cache_passes_even_with_the_runs_that_Letta_leaves_behind()
    {
        var stage = await CacheStage.SetAsync(redis, postgres);
        await stage.PutHealthyAsync();
        await stage.PutOthersAsync();
        await redis.CliAsync("SET", "agent:send_message:run_id:" + stage.Agent, stage.Ended);

        var results = await stage.CheckAsync();

        Assert.All(results.Values, result => Assert.Equal((Outcome.Passed, null), (result.Outcome, result.Remedy)));
        Assert.Contains("None of 10 keys", results["CacheCoherent"].Evidence, StringComparison.Ordinal);
        Assert.Contains("1 name runs that are over", results["CacheCoherent"].Evidence, StringComparison.Ordinal);
        Assert.Contains("5 keys are others'", results["CacheCoherent"].Evidence, StringComparison.Ordinal);
        Assert.Contains("3 locks", results["CacheLocks"].Evidence, StringComparison.Ordinal);
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis)]
    public async Task A_stale_run_fails_coherence_alone_and_clearing_mends_it()
    {
        var stage = await CacheStage.SetAsync(redis, postgres);
        await stage.PutHealthyAsync();
        await redis.CliAsync("SET", "agent:send_message:run_id:" + stage.Agent, "run-" + CacheStage.Lost);
        await redis.CliAsync("SET", "letta_cache:actor_id:user-" + CacheStage.Lost, CacheStage.Text);

        var results = await stage.CheckAsync();

        var failed = Assert.Single(results.Values, result => result.Outcome != Outcome.Passed);
        Assert.Equal(("CacheCoherent", Outcome.Failed), (failed.Name, failed.Outcome));
        Assert.Contains("2 stale key(s): 1 CachedUser, 1 RunToCancel", failed.Evidence, StringComparison.Ordinal);
        Assert.Contains($"run-{CacheStage.Lost}, which the database does not have", failed.Evidence, StringComparison.Ordinal);
        Assert.DoesNotContain(CacheStage.Text, failed.Evidence, StringComparison.Ordinal);
        Assert.Contains("Clear-LettaCache -Stale", failed.Remedy, StringComparison.Ordinal);
        await stage.ClearAsync();
        Assert.All((await stage.CheckAsync()).Values, result => Assert.Equal(Outcome.Passed, result.Outcome));
    }

    [DockerTheory(TestImages.Postgres, TestImages.Redis)]
    [InlineData(0)]
    [InlineData(86_400)]
    public async Task A_lock_of_a_dead_worker_fails_the_locks_alone_and_clearing_mends_it(int seconds)
    {
        var stage = await CacheStage.SetAsync(redis, postgres);
        await stage.PutHealthyAsync();
        await redis.PipeAsync($"SET conversation:lock:{stage.Conversation} token {(seconds > 0 ? $"EX {seconds}" : string.Empty)}\n");

        var results = await stage.CheckAsync();

        var failed = Assert.Single(results.Values, result => result.Outcome != Outcome.Passed);
        Assert.Equal(("CacheLocks", Outcome.Failed), (failed.Name, failed.Outcome));
        Assert.Contains($"conversation:lock:{stage.Conversation} is a lock", failed.Evidence, StringComparison.Ordinal);
        await stage.ClearAsync();
        Assert.Equal(Outcome.Passed, (await stage.CheckAsync())["CacheLocks"].Outcome);
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis)]
    public async Task An_append_only_file_that_is_off_fails_and_the_remedy_works()
    {
        var stage = await CacheStage.SetAsync(redis, postgres);
        await redis.CliAsync("CONFIG", "SET", "appendonly", "no");
        var result = (await stage.CheckAsync(null, "CacheAppendOnly")).Values.Single();
        await redis.CliAsync("CONFIG", "SET", "appendonly", "yes");

        Assert.Equal(Outcome.Failed, result.Outcome);
        Assert.Contains("CONFIG SET appendonly yes", result.Remedy, StringComparison.Ordinal);
        Assert.Contains("Compose file", result.Remedy, StringComparison.Ordinal);
        Assert.Equal(Outcome.Passed, (await stage.CheckAsync(null, "CacheAppendOnly")).Values.Single().Outcome);
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis)]
    public async Task A_snapshot_that_failed_is_told()
    {
        var stage = await CacheStage.SetAsync(redis, postgres);
        await redis.CliAsync("SET", "session:1", "x");

        // A directory in the snapshot's place: the rename at the end of BGSAVE fails.
        await redis.CliAsync("CONFIG", "SET", "dbfilename", "blocked.rdb");
        await redis.ShellAsync("mkdir -p /data/blocked.rdb/x");
        await redis.CliAsync("BGSAVE");
        await Eventually.TrueAsync(async () => (await redis.CliAsync("INFO", "persistence")).Contains("rdb_last_bgsave_status:err", StringComparison.Ordinal));
        var result = (await stage.CheckAsync(null, "CachePersistence")).Values.Single();
        await redis.ShellAsync("rm -r /data/blocked.rdb");
        await redis.CliAsync("CONFIG", "SET", "dbfilename", "dump.rdb");
        await redis.CliAsync("SAVE");

        Assert.Equal(Outcome.Failed, result.Outcome);
        Assert.NotNull(result.Remedy);
        Assert.Equal(Outcome.Passed, (await stage.CheckAsync(null, "CachePersistence")).Values.Single().Outcome);
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis)]
    public async Task While_Redis_loads_nothing_is_checked()
    {
        var stage = await CacheStage.SetAsync(redis, postgres);
        await redis.CliAsync("DEBUG", "POPULATE", "6000", "session", "600");

        // So slow that it takes half a minute, and answering others after each kilobyte: every 10 ms.
        await redis.CliAsync("CONFIG", "SET", "key-load-delay", "5000", "loading-process-events-interval-bytes", "1024");
        var loading = redis.CliAsync("DEBUG", "RELOAD");
        IReadOnlyDictionary<string, CheckResult> results;
        try
        {
            await Eventually.TrueAsync(async () => (await redis.CliAsync("INFO", "persistence")).Contains("\nloading:1", StringComparison.Ordinal));
            results = await stage.CheckAsync();
            Assert.Contains("\nloading:1", await redis.CliAsync("INFO", "persistence"), StringComparison.Ordinal);
        }
        finally
        {
            await redis.CliAsync("CONFIG", "SET", "key-load-delay", "0");
            await loading;
        }

        Assert.All(results.Values, result => Assert.Equal(Outcome.NotRun, result.Outcome));
        Assert.All(results.Values, result => Assert.Contains("still loading", result.Evidence, StringComparison.Ordinal));
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis)]
    public async Task What_cannot_be_checked_is_not_run()
    {
        var stage = await CacheStage.SetAsync(redis, postgres);
        await stage.PutStaleAsync();
        var none = await stage.CheckAsync(stage.Deployment with { Cache = null });
        var dead = await stage.CheckAsync(stage.Deployment with { Cache = redis.Endpoint with { Port = 1 } });
        var blind = await stage.CheckAsync(stage.Deployment with { Database = stage.Deployment.Database with { Port = 1 } });

        Assert.All(none.Values.Concat(dead.Values), result => Assert.Equal(Outcome.NotRun, result.Outcome));
        Assert.All(none.Values, result => Assert.Contains("no Redis of its own", result.Evidence, StringComparison.Ordinal));
        Assert.All(none.Values, result => Assert.True(result.IsOfNothing));
        Assert.Equal([Outcome.Passed, Outcome.Passed, Outcome.NotRun, Outcome.NotRun], blind.Values.Select(result => result.Outcome));
    }
}
