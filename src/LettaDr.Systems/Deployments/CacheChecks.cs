using System.Runtime.CompilerServices;
using StackExchange.Redis;

namespace LettaDr.Systems;

/// <summary>The checks of a deployment's Redis.</summary>
internal sealed class CacheChecks(CacheEndpoint? endpoint) : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private ConnectionMultiplexer? _connection;

    /// <summary>Their names in order.</summary>
    public static IReadOnlyList<string> Names { get; } = ["CacheReachable", "CacheAuthenticated", "CacheVersion", "CachePersistence"];

    public async IAsyncEnumerable<CheckResult> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Func<CacheEndpoint, CancellationToken, Task<Check>>[] checks = [ReachableAsync, AuthenticatedAsync, VersionAsync, PersistenceAsync];
        for (var i = 0; i < checks.Length; i++)
        {
            var check = checks[i];
            yield return await Check.RunAsync(
                Names[i],
                endpoint?.ToString() ?? "Redis",
                () => endpoint is null
                    ? Task.FromResult(Check.OfNothing("The deployment has no Redis of its own.",
                        "Set LETTA_REDIS_HOST if it should have one."))
                    : check(endpoint, cancellationToken),
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task<Check> ReachableAsync(CacheEndpoint cache, CancellationToken cancellationToken) =>
        await TcpReach.TryAsync(cache.Host, cache.Port, Limit, cancellationToken).ConfigureAwait(false) is { } why
            ? Check.Failed($"{cache} cannot be reached: {why}.", "Check host, port and firewall, and that Redis runs.")
            : Check.Passed($"{cache} accepts connections.");

    private async Task<Check> AuthenticatedAsync(CacheEndpoint cache, CancellationToken cancellationToken)
    {
        _connection = await RedisConnector.OpenAsync(cache, cancellationToken).ConfigureAwait(false);
        var time = await RedisFaults.GuardAsync(
            cache, () => _connection.GetDatabase().PingAsync().WaitAsync(cancellationToken)).ConfigureAwait(false);
        return Check.Passed($"PING is answered in {time.TotalMilliseconds:0.0} ms.");
    }

    private Task<Check> VersionAsync(CacheEndpoint cache, CancellationToken cancellationToken) => WithInfoAsync(
        cache, "server", info => Check.Passed($"Redis {info.GetValueOrDefault("redis_version", "of unknown version")}."), cancellationToken);

    private Task<Check> PersistenceAsync(CacheEndpoint cache, CancellationToken cancellationToken) => WithInfoAsync(
        cache,
        "persistence",
        info =>
        {
            var appendOnly = info.GetValueOrDefault("aof_enabled") == "1";
            if (info.GetValueOrDefault("loading") == "1")
            {
                return Check.Failed("Redis is still loading its data.", "Wait until it has loaded.");
            }

            if (appendOnly && info.GetValueOrDefault("aof_last_write_status", "ok") != "ok")
            {
                return Check.Failed("The last write to the append-only file failed.", "Free space on the volume of Redis.");
            }

            return info.GetValueOrDefault("rdb_last_bgsave_status", "ok") != "ok"
                ? Check.Failed("The last snapshot (BGSAVE) failed.", "Free space on the volume of Redis.")
                : Check.Passed(appendOnly
                    ? "The append-only file is on, its last write succeeded."
                    : "The append-only file is off: what Redis holds since its last snapshot is lost with it.");
        },
        cancellationToken);

    private async Task<Check> WithInfoAsync(
        CacheEndpoint cache, string section, Func<IReadOnlyDictionary<string, string>, Check> check, CancellationToken cancellationToken) =>
        _connection is { IsConnected: true } connection
            ? check(await RedisConnector.InfoAsync(connection, cache, section, cancellationToken).ConfigureAwait(false))
            : Check.Failed("No connection could be made to ask.", "See CacheAuthenticated.");
}
