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
        (_profile, _names, _volume) = await RedisInspection.RunAsync(_engine, _containerId, Endpoint, cancellationToken).ConfigureAwait(false);
        return _profile;
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
            var load = await new RedisStaging(_worker!, owner, _folder.Staged, _names).RunAsync(part, open, cancellationToken).ConfigureAwait(false);
            if (_profile is { IsRunning: true, AppendOnly: false })
            {
                await SaveAsync(cancellationToken).ConfigureAwait(false);
            }

            return load;
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

    /// <summary>What is set aside, and would be put back, must hold what Redis holds: without save points it saves nothing when it is stopped.</summary>
    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        var connection = await RedisConnector.OpenAsync(Endpoint, cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        await RedisFaults.GuardAsync(Endpoint, () => RedisSnapshot.SaveAsync(connection, Endpoint, cancellationToken)).ConfigureAwait(false);
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
}
