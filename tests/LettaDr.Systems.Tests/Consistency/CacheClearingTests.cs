using System.Globalization;
using System.Text;

namespace LettaDr.Systems.Tests;

[Collection(CacheCollection.Name)]
public sealed class CacheClearingTests(RedisServer redis, PostgresServer postgres)
{
    [DockerFact(TestImages.Postgres, TestImages.Redis)]
    public async Task Only_what_contradicts_the_database_goes()
    {
        var stage = await CacheStage.SetAsync(redis, postgres);
        await stage.PutHealthyAsync();
        await stage.PutOthersAsync();
        var before = await KeysAsync();
        await stage.PutStaleAsync();

        var cleared = await stage.ClearAsync();

        Assert.Equal(before, await KeysAsync());
        Assert.Equal((6, 10, 0, 5), (cleared.Removed, cleared.Kept, cleared.Changed, cleared.OthersUntouched));
        Assert.Equal("Stale", cleared.Scope);
        Assert.Equal(
            [CacheKeyKind.CachedUser, CacheKeyKind.RunToCancel, CacheKeyKind.ConversationLock, CacheKeyKind.MemoryLock, CacheKeyKind.RequestRun, CacheKeyKind.RunStream],
            cleared.Kinds.Where(kind => kind.Removed == 1).Select(kind => kind.Kind));
        Assert.Equal(0, (await stage.ClearAsync()).Removed);
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis)]
    public async Task Locks_of_dead_workers_and_runs_that_are_over_go()
    {
        var stage = await CacheStage.SetAsync(redis, postgres);
        await redis.PipeAsync($"""
            SET conversation:lock:{stage.Conversation} token
            SET memory_repo:lock:{stage.Agent} token EX 61000
            SET agent:send_message:run_id:{stage.Agent} {stage.Ended}
            XADD sse:run:{stage.Ended} * data x

            """);

        var cleared = await stage.ClearAsync();

        Assert.Equal(4, cleared.Removed);
        Assert.Equal(string.Empty, await KeysAsync());
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis)]
    public async Task All_of_Lettas_go_without_a_database_and_none_of_others()
    {
        var stage = await CacheStage.SetAsync(redis, postgres);
        await stage.PutOthersAsync();
        var others = await KeysAsync();
        await stage.PutHealthyAsync();
        await stage.PutStaleAsync();
        var lost = stage with { Deployment = stage.Deployment with { Database = stage.Deployment.Database with { Port = 1 } } };

        var cleared = await lost.ClearAsync(all: true);

        Assert.Equal(others, await KeysAsync());
        Assert.Equal((16, 0, 5), (cleared.Removed, cleared.Kept, cleared.OthersUntouched));
        Assert.Equal(CacheKeyKind.CachedEmbedding, cleared.Kinds.Single(kind => kind.ToString() == "CachedEmbedding 1").Kind);
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis)]
    public async Task Only_the_kinds_asked_for_go()
    {
        var stage = await CacheStage.SetAsync(redis, postgres);
        await stage.PutStaleAsync();

        var cleared = await stage.ClearAsync(false, CacheKeyKind.RunStream, CacheKeyKind.TokenCount);

        Assert.Equal((1, 5), (cleared.Removed, cleared.Kept));
        Assert.False(await redis.HasAsync("sse:run:run-" + CacheStage.Lost));
        Assert.True(await redis.HasAsync("memory_repo:lock:agent-" + CacheStage.Lost));
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis)]
    public async Task What_changes_between_judging_and_removing_stays()
    {
        var stage = await CacheStage.SetAsync(redis, postgres);
        await stage.PutStaleAsync();
        await redis.PipeAsync($"""
            SET agent:send_message:run_id:{stage.Agent} {stage.Ended}
            SET conversation:lock:{stage.Conversation} token
            SET memory_repo:lock:{stage.Agent} token

            """);
        var observer = new CollectingObserver();
        await using var cleaner = await stage.CleanerAsync(observer);
        var plan = await cleaner.PlanAsync(false, [], OperationId.Next(), CancellationToken.None);
        Assert.Equal(9, plan.Count);

        // A new run begins; two workers take the dead ones' locks, one of them with the same token; a stream goes on; a key goes.
        await redis.PipeAsync($"""
            SET agent:send_message:run_id:{stage.Agent} {stage.Running}
            SET conversation:lock:{stage.Conversation} another EX 300
            SET memory_repo:lock:{stage.Agent} token EX 60
            XADD sse:run:run-{CacheStage.Lost} * data y
            DEL otid:run:otid-2

            """);
        var cleared = await cleaner.RemoveAsync(plan, CancellationToken.None);

        Assert.Equal((4, 5), (cleared.Removed, cleared.Changed));
        Assert.Equal(stage.Running, await redis.CliAsync("GET", "agent:send_message:run_id:" + stage.Agent));
        Assert.Equal("another", await redis.CliAsync("GET", "conversation:lock:" + stage.Conversation));
        Assert.True(await redis.HasAsync("memory_repo:lock:" + stage.Agent));
        Assert.Equal("2", await redis.CliAsync("XLEN", "sse:run:run-" + CacheStage.Lost));
        Assert.False(await redis.HasAsync("conversation:lock:conv-" + CacheStage.Lost));
        Assert.Equal(5, observer.Messages.Count(message => message.Contains("changed meanwhile", StringComparison.Ordinal)));
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis)]
    public async Task Thousands_go_by_scan_and_unlink_and_never_by_keys()
    {
        var stage = await CacheStage.SetAsync(redis, postgres);
        var lines = new StringBuilder();
        for (var i = 0; i < 12_000; i++)
        {
            lines.Append(CultureInfo.InvariantCulture, $"SET agent:send_message:run_id:agent-{i:D8}-1111-4111-8111-111111111111 run-{CacheStage.Lost}\n");
        }

        await redis.PipeAsync(lines.ToString());
        await stage.PutHealthyAsync();
        var unlinked = await redis.CallsAsync("unlink");

        var cleared = await stage.ClearAsync();

        Assert.Equal((12_000, 10), (cleared.Removed, cleared.Kept));
        Assert.Equal("10", await redis.CliAsync("DBSIZE"));
        Assert.Equal(0, await redis.CallsAsync("keys"));
        Assert.Equal(24, await redis.CallsAsync("unlink") - unlinked);
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis)]
    public async Task The_plan_tells_counts_and_reasons_and_no_text_of_a_user()
    {
        var stage = await CacheStage.SetAsync(redis, postgres);
        await stage.PutHealthyAsync();
        await stage.PutStaleAsync();
        await stage.PutOthersAsync();
        await using var cleaner = await stage.CleanerAsync();
        var stale = (await cleaner.PlanAsync(false, [], OperationId.Next(), CancellationToken.None)).Describe(redis.Endpoint);
        var all = (await cleaner.PlanAsync(true, [], OperationId.Next(), CancellationToken.None)).Describe(redis.Endpoint);

        Assert.Contains($"Remove 6 stale key(s) of Letta's from Redis at {redis.Endpoint}: 1 CachedUser, 1 RunToCancel", stale, StringComparison.Ordinal);
        Assert.Contains("which the database does not have", stale, StringComparison.Ordinal);
        Assert.Contains("Keys of others left alone: 5", stale, StringComparison.Ordinal);
        Assert.Contains("Remove 16 of Letta's keys", all, StringComparison.Ordinal);
        Assert.Contains("1 CachedEmbedding", all, StringComparison.Ordinal);
        Assert.DoesNotContain(CacheStage.Text, stale + all, StringComparison.Ordinal);
        Assert.DoesNotContain("otid-", stale + all, StringComparison.Ordinal);
        Assert.Equal("21", await redis.CliAsync("DBSIZE"));
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis)]
    public async Task A_key_of_another_type_under_a_name_like_Lettas_stays()
    {
        var stage = await CacheStage.SetAsync(redis, postgres);
        await redis.CliAsync("HSET", "agent:send_message:run_id:agent-" + CacheStage.Lost, "a", "1");
        await redis.CliAsync("SET", "sse:run:run-" + CacheStage.Lost, "no stream");

        Assert.Equal((0, 2), await ClearedAsync());

        async Task<(long, long)> ClearedAsync() => await stage.ClearAsync() is var cleared ? (cleared.Removed, cleared.Kept) : default;
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis)]
    public async Task A_database_without_Lettas_tables_condemns_nothing()
    {
        var stage = await CacheStage.SetAsync(redis, postgres);
        await stage.PutHealthyAsync();
        var empty = stage with { Deployment = await postgres.CreateDatabaseAsync() with { Cache = redis.Endpoint } };

        var fault = await Assert.ThrowsAsync<LettaDrException>(() => empty.ClearAsync());

        Assert.Equal("LettaTablesNotFound", fault.Id);
        Assert.Equal("10", await redis.CliAsync("DBSIZE"));
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis)]
    public async Task Of_two_schemas_with_Lettas_tables_the_one_counts_that_Letta_sees()
    {
        var stage = await CacheStage.SetAsync(redis, postgres);
        var twice = await postgres.CreateLettaDatabaseAsync();
        var own = twice.Database.Database;
        await PostgresServer.ExecuteAsync(twice, """
            CREATE SCHEMA "Empty Copy";
            CREATE TABLE "Empty Copy".alembic_version (version_num text);
            CREATE TABLE "Empty Copy".agents (id text); CREATE TABLE "Empty Copy".conversations (id text);
            CREATE TABLE "Empty Copy".runs (id text, status text); CREATE TABLE "Empty Copy".users (id text)
            """);
        await stage.PutHealthyAsync();
        var fault = await Assert.ThrowsAsync<LettaDrException>(() => On(null).ClearAsync());

        Assert.Equal("LettaSchemaAmbiguous", fault.Id);
        Assert.Contains("\"Empty Copy\"", fault.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await On(own).ClearAsync()).Removed);
        Assert.Equal(8, (await On("Empty Copy").ClearAsync()).Removed);

        CacheStage On(string? schema) => stage with { Deployment = twice with { Cache = redis.Endpoint, Database = twice.Database with { Schema = schema } } };
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis)]
    public async Task Without_a_cache_or_with_a_dead_one_it_says_so()
    {
        var stage = await CacheStage.SetAsync(redis, postgres);
        var none = stage with { Deployment = stage.Deployment with { Cache = null } };
        var dead = stage with { Deployment = stage.Deployment with { Cache = redis.Endpoint with { Port = 1 } } };

        Assert.Equal("CacheNotFound", (await Assert.ThrowsAsync<LettaDrException>(() => none.ClearAsync())).Id);
        Assert.Equal("CacheUnreachable", (await Assert.ThrowsAsync<LettaDrException>(() => dead.ClearAsync())).Id);
    }

    private async Task<string> KeysAsync() =>
        string.Join('\n', (await redis.CliAsync("--scan")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
}
