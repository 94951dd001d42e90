namespace LettaDr.Tests;

public sealed class CacheJudgeTests
{
    private const string Uuid = "0f8fad5b-d9cb-469f-a165-70867728950e";
    private const string Lost = "11111111-d9cb-469f-a165-70867728950e";
    private const string Ended = "22222222-d9cb-469f-a165-70867728950e";

    private static readonly CacheSubjects Database = new(
        new HashSet<string> { "agent-" + Uuid, "conv-" + Uuid, "run-" + Uuid, "user-" + Uuid, "run-" + Ended },
        new HashSet<string> { "run-" + Ended });

    [Theory]
    [InlineData("letta_cache:actor_id:user-" + Uuid, null, 60)]
    [InlineData("letta_cache:model:http://host:text", null, 60)]
    [InlineData("letta_cache:model:http://host:text", null, null)]
    [InlineData("token_counter:x", null, 60)]
    [InlineData("agent:send_message:run_id:agent-" + Uuid, "run-" + Uuid, null)]
    [InlineData("conversation:lock:conv-" + Uuid, "token", 300)]
    [InlineData("conversation:lock:agent-" + Uuid, "token", 1)]
    [InlineData("memory_repo:lock:agent-" + Uuid, "token", 60)]
    [InlineData("otid:run:token", "run-" + Uuid, 60)]
    [InlineData("otid:run:token", "run-" + Ended, 60)]
    [InlineData("otid:run:token", "no run", null)]
    [InlineData("sse:run:run-" + Uuid, null, 60)]
    [InlineData("sse:run:run-" + Uuid, null, null)]
    [InlineData("sse:run:run-" + Ended, null, 60)]
    public void What_goes_with_the_database_stays(string name, string? value, int? seconds) => Assert.Null(Judge(name, value, seconds));

    [Theory]
    [InlineData("letta_cache:actor_id:user-" + Lost, null, 60, "user-" + Lost)]
    [InlineData("agent:send_message:run_id:agent-" + Lost, "run-" + Uuid, null, "agent-" + Lost)]
    [InlineData("agent:send_message:run_id:agent-" + Uuid, "run-" + Lost, null, "run-" + Lost)]
    [InlineData("agent:send_message:run_id:agent-" + Uuid, "None", null, "names no run")]
    [InlineData("conversation:lock:conv-" + Lost, "token", 60, "conv-" + Lost)]
    [InlineData("conversation:lock:agent-" + Lost, "token", 60, "agent-" + Lost)]
    [InlineData("memory_repo:lock:agent-" + Lost, "token", 60, "agent-" + Lost)]
    [InlineData("otid:run:token", "run-" + Lost, 60, "run-" + Lost)]
    [InlineData("sse:run:run-" + Lost, null, 60, "run-" + Lost)]
    public void What_names_the_lost_is_stale(string name, string? value, int? seconds, string reason)
    {
        var verdict = Judge(name, value, seconds);

        Assert.Equal(CacheStaleness.Gone, verdict!.Staleness);
        Assert.Contains(reason, verdict.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("agent:send_message:run_id:agent-" + Uuid, "run-" + Ended, null)]
    [InlineData("sse:run:run-" + Ended, null, null)]
    [InlineData("otid:run:token", "run-" + Ended, null)]
    public void What_would_remember_an_ended_run_for_ever_is_stale(string name, string? value, int? seconds) =>
        Assert.Equal(CacheStaleness.Finished, Judge(name, value, seconds)!.Staleness);

    [Theory]
    [InlineData("conversation:lock:conv-" + Uuid, null)]
    [InlineData("conversation:lock:conv-" + Uuid, 301)]
    [InlineData("memory_repo:lock:agent-" + Uuid, null)]
    [InlineData("memory_repo:lock:agent-" + Uuid, 61)]
    public void A_lock_that_outlives_what_Letta_allows_is_a_dead_workers(string name, int? seconds) =>
        Assert.Equal(CacheStaleness.AbandonedLock, Judge(name, "token", seconds)!.Staleness);

    [Theory]
    [InlineData("completed", true)]
    [InlineData("failed", true)]
    [InlineData("cancelled", true)]
    [InlineData("expired", true)]
    [InlineData("created", false)]
    [InlineData("running", false)]
    [InlineData("something new", false)]
    public void A_run_is_over_only_in_a_state_that_is_known_as_its_end(string status, bool isEnd) => Assert.Equal(isEnd, CacheSubjects.IsEnd(status));

    private static CacheVerdict? Judge(string name, string? value, int? seconds) => CacheJudge.Judge(
        new CacheEntry(CacheKey.Parse(name)!, value, seconds is { } number ? TimeSpan.FromSeconds(number) : null), Database);
}
