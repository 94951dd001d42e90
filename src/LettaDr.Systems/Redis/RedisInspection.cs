using System.Globalization;
using StackExchange.Redis;

namespace LettaDr.Systems;

/// <summary>A Redis in Docker, looked at before anything is done to it.</summary>
/// <param name="Profile">What a restore wants to know.</param>
/// <param name="Names">Where its files are.</param>
/// <param name="Volume">What its data directory is on.</param>
internal sealed record RedisInspection(CacheProfile Profile, RedisFileNames Names, ContainerVolume Volume)
{
    /// <summary>Looks, and changes nothing.</summary>
    /// <exception cref="LettaDrException">It cannot be restored to: a replica, no volume, a refused password.</exception>
    public static async Task<RedisInspection> RunAsync(
        DockerEngine engine, string containerId, CacheEndpoint cache, CancellationToken cancellationToken)
    {
        var details = await engine.DescribeAsync(containerId, cancellationToken).ConfigureAwait(false);
        var container = details.Container;
        var live = container.State is "running" or "paused" ? await ReadAsync(cache, cancellationToken).ConfigureAwait(false) : null;
        var names = live?.Names ?? RedisFileNames.FromCommand(details.Command);
        var volume = ContainerVolumes.Holding(container.Volumes, names.Directory);
        if (volume is not { Kind: not "tmpfs", ReadOnly: false })
        {
            throw new LettaDrException(
                "CacheNotOnVolume", FaultKind.Incompatible,
                $"The data directory {names.Directory} of Redis in container {container.Name} is on no volume that can be written to.",
                "Mount a volume or a folder there; what Redis keeps in the container itself is lost with it anyway.", container.Name);
        }

        var profile = new CacheProfile
        {
            Cache = cache.ToString(), Container = container.Name, IsRunning = live is not null, Keys = live?.Keys ?? 0,
            AppendOnly = live?.AppendOnly ?? false, Directory = names.Directory,
            Volume = ContainerVolumes.Words(volume),
        };
        return new RedisInspection(profile, names, volume);
    }

    /// <summary>
    /// What Redis says of itself. One that runs and does not answer is not taken for one that is down: it would be stopped with what
    /// it has not saved.
    /// </summary>
    private static async Task<Live> ReadAsync(CacheEndpoint cache, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await RedisConnector.OpenAsync(cache, cancellationToken).ConfigureAwait(false);
            await using var closing = connection.ConfigureAwait(false);
            return await RedisFaults.GuardAsync(cache, () => ReadAsync(connection, cache, cancellationToken)).ConfigureAwait(false);
        }
        catch (LettaDrException silent) when (silent.Kind == FaultKind.Unreachable)
        {
            throw new LettaDrException(
                "CacheSilent", FaultKind.Unreachable, $"Redis at {cache} does not answer, although its container runs.",
                "See its log. If it is beyond help, stop the container and run the command again: a Redis that does not run is restored as well.",
                cache, silent);
        }
    }

    private static async Task<Live> ReadAsync(IConnectionMultiplexer connection, CacheEndpoint cache, CancellationToken cancellationToken)
    {
        var info = await RedisConnector.InfoAsync(connection, cache, "all", cancellationToken).ConfigureAwait(false);
        if (info.GetValueOrDefault("loading") == "1")
        {
            throw RedisFaults.Loading(cache, null);
        }

        if (info.GetValueOrDefault("role") == "slave")
        {
            throw new LettaDrException(
                "CacheIsReplica", FaultKind.Incompatible, $"Redis at {cache} is a replica, and would copy its primary again.",
                "Restore to the primary.", cache);
        }

        // E.g. "db0:keys=12,expires=3,avg_ttl=0".
        var keys = info.Where(pair => pair.Key.StartsWith("db", StringComparison.Ordinal) && pair.Value.StartsWith("keys=", StringComparison.Ordinal))
            .Sum(pair => long.Parse(pair.Value[5..].Split(',')[0], CultureInfo.InvariantCulture));
        var names = await RedisFileNames.ReadAsync(RedisConnector.Server(connection), cancellationToken).ConfigureAwait(false);
        return new Live(names, keys, info.GetValueOrDefault("aof_enabled") == "1");
    }

    private sealed record Live(RedisFileNames Names, long Keys, bool AppendOnly);
}
