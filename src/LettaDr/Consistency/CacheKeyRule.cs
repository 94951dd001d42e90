namespace LettaDr;

/// <summary>What Letta means a kind of key to be.</summary>
/// <param name="Prefix">How its keys begin.</param>
/// <param name="LongestLife">The longest time to live that Letta gives it; null when it gives none.</param>
/// <param name="IsLock">Whether others wait for it to go.</param>
/// <param name="ValueNamesRun">Whether its value is the id of a run.</param>
internal sealed record CacheKeyRule(string Prefix, TimeSpan? LongestLife, bool IsLock = false, bool ValueNamesRun = false)
{
    private static readonly CacheKeyRule[] Rules =
    [
        new("letta_cache:actor_id:", TimeSpan.FromSeconds(600)),
        new("letta_cache:", TimeSpan.FromSeconds(600)),
        new("token_counter:", TimeSpan.FromSeconds(3600)),
        new("agent:send_message:run_id:", null, ValueNamesRun: true),
        new("conversation:lock:", TimeSpan.FromSeconds(300), IsLock: true),
        new("memory_repo:lock:", TimeSpan.FromSeconds(60), IsLock: true),
        new("otid:run:", TimeSpan.FromSeconds(10_800), ValueNamesRun: true),
        new("sse:run:", TimeSpan.FromSeconds(10_800)),
    ];

    /// <summary>The rule for a kind.</summary>
    public static CacheKeyRule Of(CacheKeyKind kind) => Rules[(int)kind];
}
