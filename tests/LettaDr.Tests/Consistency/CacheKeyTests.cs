namespace LettaDr.Tests;

public sealed class CacheKeyTests
{
    private const string Uuid = "0f8fad5b-d9cb-469f-a165-70867728950e";

    [Theory]
    [InlineData("letta_cache:actor_id:user-" + Uuid, CacheKeyKind.CachedUser, "user-" + Uuid)]
    [InlineData("letta_cache:text-embedding-3-small:https://example.org/v1:my secret text", CacheKeyKind.CachedEmbedding, null)]
    [InlineData("token_counter:anthropic_x:model:0a1b", CacheKeyKind.TokenCount, null)]
    [InlineData("agent:send_message:run_id:agent-" + Uuid, CacheKeyKind.RunToCancel, "agent-" + Uuid)]
    [InlineData("conversation:lock:conv-" + Uuid, CacheKeyKind.ConversationLock, "conv-" + Uuid)]
    [InlineData("conversation:lock:agent-" + Uuid, CacheKeyKind.ConversationLock, "agent-" + Uuid)]
    [InlineData("memory_repo:lock:agent-" + Uuid, CacheKeyKind.MemoryLock, "agent-" + Uuid)]
    [InlineData("otid:run:abc", CacheKeyKind.RequestRun, null)]
    [InlineData("sse:run:run-" + Uuid, CacheKeyKind.RunStream, "run-" + Uuid)]
    public void Each_kind_is_read_with_what_it_names(string name, CacheKeyKind kind, string? id)
    {
        var key = CacheKey.Parse(name);

        Assert.Equal((kind, id), (key!.Kind, key.Names?.Id));
    }

    [Theory]
    [InlineData("session:1")]
    [InlineData("conversation:lock:7")]
    [InlineData("conversation:lock:run-" + Uuid)]
    [InlineData("conversation:lock:conv-" + Uuid + "-x")]
    [InlineData("memory_repo:lock:conv-" + Uuid)]
    [InlineData("memory_repo:lock:")]
    [InlineData("sse:run:42")]
    [InlineData("sse:run:")]
    [InlineData("otid:run:")]
    [InlineData("letta_cache:")]
    [InlineData("LETTA_CACHE:x")]
    [InlineData("my:letta_cache:x")]
    [InlineData("agent:send_message:run_id:run-" + Uuid)]
    [InlineData("")]
    public void Keys_of_others_are_none_of_Lettas(string name) => Assert.Null(CacheKey.Parse(name));

    [Theory]
    [InlineData("letta_cache:model:http://host:my secret text", "letta_cache:…")]
    [InlineData("token_counter:secret", "token_counter:…")]
    [InlineData("otid:run:secret", "otid:run:…")]
    [InlineData("sse:run:run-" + Uuid, "sse:run:run-" + Uuid)]
    [InlineData("letta_cache:actor_id:my secret text", "letta_cache:…")]
    public void No_text_of_a_user_is_shown(string name, string shown) => Assert.Equal(shown, CacheKey.Parse(name)!.ToString());

    [Fact]
    public void Only_the_run_to_cancel_has_no_time_to_live_and_locks_have_short_ones()
    {
        var rules = Enum.GetValues<CacheKeyKind>().ToDictionary(kind => kind, CacheKeyRule.Of);

        Assert.Equal([CacheKeyKind.RunToCancel], rules.Where(rule => rule.Value.LongestLife is null).Select(rule => rule.Key));
        Assert.Equal([CacheKeyKind.ConversationLock, CacheKeyKind.MemoryLock], rules.Where(rule => rule.Value.IsLock).Select(rule => rule.Key));
        Assert.Equal((300, 60), (Seconds(CacheKeyKind.ConversationLock), Seconds(CacheKeyKind.MemoryLock)));
        Assert.Equal((600, 600, 3600), (Seconds(CacheKeyKind.CachedUser), Seconds(CacheKeyKind.CachedEmbedding), Seconds(CacheKeyKind.TokenCount)));
        Assert.Equal((10_800, 10_800), (Seconds(CacheKeyKind.RequestRun), Seconds(CacheKeyKind.RunStream)));

        int Seconds(CacheKeyKind kind) => (int)rules[kind].LongestLife!.Value.TotalSeconds;
    }
}
