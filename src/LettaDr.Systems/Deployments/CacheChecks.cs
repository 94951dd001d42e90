using System.Net;
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
                    ? Task.FromResult(Check.NotRun("The deployment has no Redis of its own.",
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
        var options = new ConfigurationOptions
        {
            EndPoints = { { cache.Host, cache.Port } },
            Password = cache.Password?.Reveal(),
            ClientName = "LettaDr",
            ConnectTimeout = (int)Limit.TotalMilliseconds,
            AsyncTimeout = (int)Limit.TotalMilliseconds,
            AbortOnConnectFail = true,

            // StackExchange.Redis counts INFO among the commands for administrators; nothing else of them is used.
            AllowAdmin = true,
            ConnectRetry = 1,
        };
        try
        {
            _connection = await ConnectionMultiplexer.ConnectAsync(options).WaitAsync(cancellationToken).ConfigureAwait(false);
            var time = await _connection.GetDatabase().PingAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            return Check.Passed($"PING is answered in {time.TotalMilliseconds:0.0} ms.");
        }
        catch (RedisException exception)
        {
            return Refused(exception)
                ? Check.Failed($"Redis at {cache} refused the password, or asks for one.",
                    "Check the password; 'requirepass' in Redis's configuration sets it.")
                : Check.Failed($"Redis at {cache} does not answer a PING: {exception.Message}",
                    "See the log of Redis for the cause.");
        }
    }

    private Task<Check> VersionAsync(CacheEndpoint cache, CancellationToken cancellationToken) => WithInfoAsync(
        "server", cancellationToken, info => Check.Passed($"Redis {info.GetValueOrDefault("redis_version", "of unknown version")}."));

    private Task<Check> PersistenceAsync(CacheEndpoint cache, CancellationToken cancellationToken) => WithInfoAsync(
        "persistence",
        cancellationToken,
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
        });

    private async Task<Check> WithInfoAsync(
        string section, CancellationToken cancellationToken, Func<IReadOnlyDictionary<string, string>, Check> check)
    {
        if (_connection is not { IsConnected: true } connection)
        {
            return Check.Failed("No connection could be made to ask.", "See CacheAuthenticated.");
        }

        try
        {
            EndPoint server = connection.GetEndPoints()[0];
            var groups = await connection.GetServer(server).InfoAsync(section).WaitAsync(cancellationToken).ConfigureAwait(false);
            return check(groups.SelectMany(group => group).DistinctBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => pair.Value));
        }
        catch (RedisException exception)
        {
            return Check.Failed($"Redis says: {exception.Message}", "See the log of Redis for the cause.");
        }
    }

    private static bool Refused(Exception exception) =>
        exception is RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure }
        || exception.ToString() is var text
            && (text.Contains("NOAUTH", StringComparison.Ordinal) || text.Contains("WRONGPASS", StringComparison.Ordinal));
}
