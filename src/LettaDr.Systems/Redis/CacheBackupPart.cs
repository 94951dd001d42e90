using StackExchange.Redis;

namespace LettaDr.Systems;

/// <summary>A deployment's Redis as a part of a set: its own files, proven by a throw-away Redis that has loaded them.</summary>
internal sealed class CacheBackupPart : IBackupPart
{
    private readonly DockerEngine _engine;
    private readonly CacheEndpoint _cache;
    private readonly DeploymentContainer _container;
    private readonly ConnectionMultiplexer _connection;
    private readonly Task<ScratchContainer> _starting;
    private ScratchContainer _scratch = null!;
    private RedisFileSet _copied = null!;

    private CacheBackupPart(
        DockerEngine engine, CacheEndpoint cache, DeploymentContainer container, ConnectionMultiplexer connection, Task<ScratchContainer> starting) =>
        (_engine, _cache, _container, _connection, _starting) = (engine, cache, container, connection, starting);

    /// <summary>Connects to the deployment's Redis, and makes ready where its files are checked.</summary>
    /// <exception cref="LettaDrException">There is no Redis, it is not in Docker, it does not answer, or it refuses its settings.</exception>
    public static async Task<CacheBackupPart> OpenAsync(LettaDeployment deployment, CancellationToken cancellationToken)
    {
        var (cache, container) = RedisContainer.Of(deployment);
        var connection = await RedisConnector.OpenAsync(cache, cancellationToken).ConfigureAwait(false);
        DockerEngine? engine = null;
        try
        {
            // Nothing is made ready for a Redis that would refuse.
            await RedisFaults.GuardAsync(
                cache, () => RedisConnector.Server(connection).ConfigGetAsync("dir").WaitAsync(cancellationToken)).ConfigureAwait(false);
            engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
            var image = (await engine.InspectAsync(container.Id!, cancellationToken).ConfigureAwait(false)).Image!;
            // Started while the other parts fix their moments.
            return new CacheBackupPart(
                engine, cache, container, connection, ScratchContainer.StartAsync(engine, image, null, [], cancellationToken));
        }
        catch
        {
            engine?.Dispose();
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task CaptureAsync(BackupDraft draft, CancellationToken cancellationToken) => draft.Recorder.StepAsync("Copy the cache's files", async step =>
    {
        draft.Meter.Stage("Copying the cache's files");
        _scratch = await _starting.ConfigureAwait(false);
        var files = new ScratchRedisFiles(_scratch, cancellationToken);
        await using var giving = files.ConfigureAwait(false);
        _copied = await new RedisFileCopy(_engine, _container.Id!, _connection, _cache).CopyAsync(files.Create, cancellationToken).ConfigureAwait(false);
        await files.CompleteAsync().ConfigureAwait(false);
        step.Bytes = _copied.Bytes;
        return $"{_copied.Names.Count} file(s) of Redis at {_cache}, {(_copied.IsAppendOnly ? "append-only" : "a snapshot")}";
    });

    /// <inheritdoc/>
    public async Task CopyAsync(BackupDraft draft, CancellationToken cancellationToken)
    {
        RedisLoad load = null!;
        await draft.Recorder.StepAsync("Load the copy in a throw-away Redis", async () =>
        {
            draft.Meter.Stage("Checking the cache's files");
            load = await LoadAsync(cancellationToken).ConfigureAwait(false);
            return $"Redis {load.Version} loaded {load.Dump.Keys} keys ({load.Dump.Expiring} expire)"
                + (load.TruncatedBytes > 0 ? $"; {load.TruncatedBytes} bytes of an unfinished command at the end left out" : string.Empty);
        }).ConfigureAwait(false);
        await ReadBackAsync(draft, cancellationToken).ConfigureAwait(false);
        var names = _copied.Names.Select(NameOf).ToList();
        var part = new CachePart
        {
            SnapshotTime = _copied.AsOf, RedisVersion = RedisConnector.Server(_connection).Version.ToString(), AppendOnly = _copied.IsAppendOnly,
            Files = names, Bytes = draft.Set.Files.Where(file => names.Contains(file.Name)).Sum(file => file.Size),
            Keys = load.Dump.Keys, ExpiringKeys = load.Dump.Expiring, TruncatedBytes = load.TruncatedBytes,
            Image = _container.Image, ImageDigest = _container.ImageDigest,
        };
        draft.Describe(manifest => manifest with { Cache = part });
        draft.AddInstructions(CacheInstructions.Write(part));

        // Beside the other parts' work, and not after it.
        await _scratch.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await (await _starting.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception unstarted) when (unstarted is LettaDrException or OperationCanceledException)
        {
            // There is none to remove; why it did not start has been told by the capture.
        }

        await _connection.DisposeAsync().ConfigureAwait(false);
        _engine.Dispose();
    }

    private async Task<RedisLoad> LoadAsync(CancellationToken cancellationToken)
    {
        var main = _copied.Names[^1].Split('/')[^1];
        try
        {
            return await RedisLoad.RunAsync(
                _scratch, RedisLoad.User, RedisLoad.Directory, _copied.IsAppendOnly ? Path.GetFileNameWithoutExtension(main) : main, _copied.IsAppendOnly, cancellationToken).ConfigureAwait(false);
        }
        catch (LettaDrException failure) when (failure.Id == "CacheFilesNotLoadable")
        {
            throw new LettaDrException(
                "CacheFilesDamaged", FaultKind.DataCorrupt, $"The files of Redis at {_cache} are damaged on disk, though it runs. {failure.Message}",
                "It would not start again with them. Have it write them anew from memory (redis-cli BGREWRITEAOF, or SAVE where the append-only file is off), and look after its disk.",
                _cache, failure);
        }
    }

    /// <summary>Takes the files as they are after loading, without an unfinished command at the end, all in one archive.</summary>
    private async Task ReadBackAsync(BackupDraft draft, CancellationToken cancellationToken)
    {
        var loaded = $"{RedisLoad.Directory}/{(_copied.IsAppendOnly ? RedisLoad.AppendOnlyFolder : RedisLoad.SnapshotName)}";
        var left = _copied.Names.ToDictionary(name => _copied.IsAppendOnly ? name.Split('/')[^1] : RedisLoad.SnapshotName, NameOf);
        await new ContainerArchive(_engine, _scratch.Id).ReadAsync(
            loaded,
            async entry =>
            {
                if (left.Remove(entry.Name.Split('/')[^1], out var name))
                {
                    using var target = draft.Set.OpenWrite(name);
                    await (entry.DataStream ?? Stream.Null).CopyToAsync(target, cancellationToken).ConfigureAwait(false);
                }
            },
            cancellationToken).ConfigureAwait(false);
        if (left.Count > 0)
        {
            throw new LettaDrException(
                "CacheFileNotRead", FaultKind.OperationFailed, $"The throw-away Redis for {_cache} left no {string.Join(", ", left.Keys)} behind.",
                "Run the command again; if that does not help, back up with -SkipCache and report it.", _cache);
        }
    }

    private static string NameOf(string name) => CachePart.Folder + name.Split('/')[^1];
}
