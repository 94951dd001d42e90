namespace LettaDr.Systems.Tests;

/// <summary>A deployment whose database has rows, and whose Redis is empty at first.</summary>
internal sealed record CacheStage(RedisServer Redis, LettaDeployment Deployment)
{
    public const string Lost = "11111111-1111-4111-8111-111111111111";
    public const string Text = "what the user confided";

    public required string Agent { get; init; }

    public required string Conversation { get; init; }

    public required string User { get; init; }

    public required string Running { get; init; }

    public required string Ended { get; init; }

    public static async Task<CacheStage> SetAsync(RedisServer redis, PostgresServer postgres)
    {
        await redis.EmptyAsync();
        var deployment = await postgres.UnchangedLettaDatabaseAsync() with { Cache = redis.Endpoint };
        return new CacheStage(redis, deployment)
        {
            Agent = await OneAsync("agents"), Conversation = await OneAsync("conversations"), User = await OneAsync("users"),
            Running = await OneAsync("runs WHERE status = 'running'"), Ended = await OneAsync("runs WHERE status = 'completed'"),
        };

        Task<string> OneAsync(string rows) => PostgresServer.ValueAsync(deployment, $"SELECT min(id) FROM {rows}");
    }

    /// <summary>What a healthy Letta leaves: nothing of it contradicts the database.</summary>
    public Task PutHealthyAsync() => Redis.PipeAsync($"""
        SET letta_cache:actor_id:{User} x EX 600
        SET "letta_cache:model:https://host/v1:{Text}" x EX 600
        SET token_counter:openai_x:model:hash 7 EX 3600
        SET agent:send_message:run_id:{Agent} {Running}
        SET conversation:lock:{Conversation} token EX 300
        SET conversation:lock:{Agent} token EX 300
        SET memory_repo:lock:{Agent} token EX 60
        SET otid:run:otid-1 {Ended} EX 10800
        XADD sse:run:{Ended} * data x
        EXPIRE sse:run:{Ended} 10800
        XADD sse:run:{Running} * data x
        EXPIRE sse:run:{Running} 10800

        """);

    /// <summary>Keys of others, some under names like Letta's.</summary>
    public Task PutOthersAsync() => Redis.PipeAsync($"""
        SET session:1 x
        SET conversation:lock:7 x
        HSET other:hash a 1
        XADD sse:run:42 * data x
        SET my:sse:run:run-{Lost} x

        """);

    /// <summary>Six keys that contradict the database, one for each kind that can.</summary>
    public Task PutStaleAsync() => Redis.PipeAsync($"""
        SET letta_cache:actor_id:user-{Lost} x EX 600
        SET agent:send_message:run_id:agent-{Lost} run-{Lost}
        SET conversation:lock:conv-{Lost} token EX 300
        SET memory_repo:lock:agent-{Lost} token EX 60
        SET otid:run:otid-2 run-{Lost} EX 10800
        XADD sse:run:run-{Lost} * data x
        EXPIRE sse:run:run-{Lost} 10800

        """);

    public async Task<CacheCleaner> CleanerAsync(IOperationObserver? observer = null) =>
        await CacheCleaner.OpenAsync(Deployment, observer ?? new CollectingObserver(), CancellationToken.None);

    public async Task<CacheClearing> ClearAsync(bool all = false, params CacheKeyKind[] kinds)
    {
        await using var cleaner = await CleanerAsync();
        return await cleaner.RemoveAsync(await cleaner.PlanAsync(all, kinds, OperationId.Next(), CancellationToken.None), CancellationToken.None);
    }

    /// <summary>The checks of the cache by name.</summary>
    public async Task<IReadOnlyDictionary<string, CheckResult>> CheckAsync(LettaDeployment? deployment = null, params string[] wanted)
    {
        var probe = new CacheConsistency(deployment ?? Deployment, OperationId.Next());
        var results = new Dictionary<string, CheckResult>();
        var names = (wanted.Length == 0 ? probe.Names : wanted).ToHashSet();
        await foreach (var result in probe.RunAsync(names, new CollectingObserver(), CancellationToken.None))
        {
            results.Add(result.Name, result);
        }

        Assert.Equal(probe.Names.Where(names.Contains), results.Keys);
        return results;
    }
}
