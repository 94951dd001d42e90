using System.Globalization;
using StackExchange.Redis;

namespace LettaDr.Systems;

/// <summary>A deployment's Redis in Docker, whose files a restore exchanges.</summary>
internal sealed class RedisCacheTarget : ICacheTarget
{
    private readonly DockerEngine _engine;
    private readonly RedisStarter _starter;
    private readonly string _containerId;
    private CacheProfile? _profile;
    private RedisFileNames? _names;
    private ContainerVolume? _volume;
    private ScratchContainer? _worker;
    private RedisDataFolder? _folder;
    private string _operationId = string.Empty;

    private RedisCacheTarget(DockerEngine engine, CacheEndpoint cache)
    {
        (_engine, _containerId) = (engine, cache.Container!.Id!);
        _starter = new RedisStarter(engine, cache);
    }

    /// <inheritdoc/>
    public CacheEndpoint Endpoint => _starter.Endpoint;

    /// <summary>Connects to the engine that runs the deployment's Redis.</summary>
    /// <exception cref="LettaDrException">The deployment has no Redis, or it is not in this machine's Docker.</exception>
    public static async Task<RedisCacheTarget> OpenAsync(LettaDeployment deployment, CancellationToken cancellationToken)
    {
        var (cache, _) = RedisContainer.Of(deployment);
        return new RedisCacheTarget(await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false), cache);
    }

    /// <inheritdoc/>
    public async Task<CacheProfile> InspectAsync(CancellationToken cancellationToken)
    {
        var details = await _engine.DescribeAsync(_containerId, cancellationToken).ConfigureAwait(false);
        var live = details.Container.IsRunning ? await TryReadAsync(cancellationToken).ConfigureAwait(false) : null;
        _names = live?.Names ?? RedisFileNames.FromCommand(details.Command);
        _volume = details.Container.Volumes.Where(volume => IsBelow(_names.Directory, volume.Destination)).MaxBy(volume => volume.Destination.Length);
        if (_volume is not { Kind: not "tmpfs", ReadOnly: false })
        {
            throw new LettaDrException(
                "CacheNotOnVolume", FaultKind.Incompatible,
                $"The data directory {_names.Directory} of Redis in container {details.Container.Name} is on no volume that can be written to.",
                "Mount a volume or a folder there; what Redis keeps in the container itself is lost with it anyway.", details.Container.Name);
        }

        return _profile = new CacheProfile
        {
            Cache = Endpoint.ToString(), Container = details.Container.Name, IsRunning = live is not null, Keys = live?.Keys ?? 0,
            AppendOnly = live?.AppendOnly ?? false, Directory = _names.Directory,
            Volume = _volume.Kind != "volume" ? _volume.Source : IsAnonymous(_volume.Source) ? "its anonymous volume" : $"volume {_volume.Source}",
        };
    }

    /// <inheritdoc/>
    public async Task<string?> BeginAsync(string operationId, CancellationToken cancellationToken)
    {
        _operationId = operationId;
        var image = (await _engine.InspectAsync(_containerId, cancellationToken).ConfigureAwait(false)).Image!;
        try
        {
            _worker = await ScratchContainer.StartAsync(
                _engine, image, "lettadr-cache-restore-" + _containerId[..12], [_volume!], cancellationToken).ConfigureAwait(false);
        }
        catch (LettaDrException taken) when (taken.Id == "DockerConflict")
        {
            throw new LettaDrException(
                "CacheRestoreRunning", FaultKind.Busy, $"Another restore works on the files of Redis at {Endpoint}.",
                "Wait until it has ended; if it died on another machine, remove its container lettadr-cache-restore-" + _containerId[..12] + ".", Endpoint, taken);
        }

        _folder = new RedisDataFolder(_worker, _names!.Directory);
        return await RecoverAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<CacheLoad> StageAsync(CachePart part, Func<string, Stream> open, CancellationToken cancellationToken)
    {
        var owner = await _folder!.PrepareAsync(_operationId, _profile!.IsRunning, _names!.All, cancellationToken).ConfigureAwait(false);
        try
        {
            return await new RedisStaging(_worker!, owner, _folder.Staged, _names).RunAsync(part, open, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await _folder.PutBackAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => _starter.StopAsync(cancellationToken);

    /// <inheritdoc/>
    public Task SwapAsync(CancellationToken cancellationToken) => _folder!.SwapAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => _starter.StartAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<CacheProof> ProveAsync(CacheLoad load, CancellationToken cancellationToken)
    {
        var connection = await RedisConnector.OpenAsync(Endpoint, cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        var proof = await RedisFaults.GuardAsync(
            Endpoint, () => new RedisProof(connection, Endpoint).RunAsync(load, _profile!.AppendOnly, _operationId, cancellationToken)).ConfigureAwait(false);
        if (!proof.AppendOnly)
        {
            // Whoever switches the append-only file on one day by the command would else get these keys again.
            await _folder!.RemoveAsync(_names!.AppendOnlyFolder, cancellationToken).ConfigureAwait(false);
        }

        return proof;
    }

    /// <inheritdoc/>
    public async Task<string?> KeepAsync(bool discardPrevious, CancellationToken cancellationToken) =>
        await _folder!.KeepAsync(_operationId, discardPrevious, cancellationToken).ConfigureAwait(false) is { } path
            ? $"{path} in container {_profile!.Container}" : null;

    /// <inheritdoc/>
    public async Task PutBackAsync(CancellationToken cancellationToken)
    {
        await _starter.StopAsync(cancellationToken).ConfigureAwait(false);
        await _folder!.PutBackAsync(cancellationToken).ConfigureAwait(false);
        if (_profile!.IsRunning)
        {
            await _starter.StartAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_worker is not null)
        {
            await _worker.DisposeAsync().ConfigureAwait(false);
        }

        _engine.Dispose();
    }

    private async Task<string?> RecoverAsync(CancellationToken cancellationToken)
    {
        if (await _folder!.FindAsync(cancellationToken).ConfigureAwait(false) is not { } left)
        {
            return null;
        }

        if (left.Moving && _profile!.IsRunning)
        {
            // It died after Redis had started again, and clients have gone on since: what runs stays.
            var kept = await _folder.KeepAsync(left.OperationId, discard: false, cancellationToken).ConfigureAwait(false);
            return $"The restore {left.OperationId} died after it had exchanged the files of Redis; those from before it are kept in {kept ?? "no place, as there were none"}.";
        }

        await _folder.PutBackAsync(cancellationToken).ConfigureAwait(false);
        var started = left.Ran && !_profile!.IsRunning;
        if (started)
        {
            await _starter.StartAsync(cancellationToken).ConfigureAwait(false);
            await InspectAsync(cancellationToken).ConfigureAwait(false);
        }

        return $"The restore {left.OperationId} died; "
            + (left.Moving ? "the previous files of Redis were put back" : "its unfinished files were removed") + (started ? ", and Redis was started again." : ".");
    }

    /// <summary>What Redis says of itself; null when nothing answers although its container runs, as one that ends again and again.</summary>
    private async Task<Live?> TryReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var connection = await RedisConnector.OpenAsync(Endpoint, cancellationToken).ConfigureAwait(false);
            await using var closing = connection.ConfigureAwait(false);
            return await RedisFaults.GuardAsync(Endpoint, () => ReadAsync(connection, cancellationToken)).ConfigureAwait(false);
        }
        catch (LettaDrException silent) when (silent.Kind == FaultKind.Unreachable)
        {
            return null;
        }
    }

    private async Task<Live> ReadAsync(IConnectionMultiplexer connection, CancellationToken cancellationToken)
    {
        var info = await RedisConnector.InfoAsync(connection, Endpoint, "all", cancellationToken).ConfigureAwait(false);
        if (info.GetValueOrDefault("loading") == "1")
        {
            throw RedisFaults.Loading(Endpoint, null);
        }

        if (info.GetValueOrDefault("role") == "slave")
        {
            throw new LettaDrException(
                "CacheIsReplica", FaultKind.Incompatible, $"Redis at {Endpoint} is a replica, and would copy its primary again.",
                "Restore to the primary.", Endpoint);
        }

        // E.g. "db0:keys=12,expires=3,avg_ttl=0".
        var keys = info.Where(pair => pair.Key.StartsWith("db", StringComparison.Ordinal) && pair.Value.StartsWith("keys=", StringComparison.Ordinal))
            .Sum(pair => long.Parse(pair.Value[5..].Split(',')[0], CultureInfo.InvariantCulture));
        var names = await RedisFileNames.ReadAsync(RedisConnector.Server(connection), cancellationToken).ConfigureAwait(false);
        return new Live(names, keys, info.GetValueOrDefault("aof_enabled") == "1");
    }

    /// <summary>Docker names a volume that nobody named by 64 hexadecimal digits.</summary>
    private static bool IsAnonymous(string volume) => volume.Length == 64 && volume.All(char.IsAsciiHexDigitLower);

    private static bool IsBelow(string path, string folder) =>
        path == folder || path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);

    private sealed record Live(RedisFileNames Names, long Keys, bool AppendOnly);
}
