namespace LettaDr.Systems;

/// <summary>Proves a set's cache by loading it in a throw-away Redis and counting its keys.</summary>
internal sealed class CacheProving(IBackupRepository repository, IOperationObserver observer) : IBackupPartCheck
{
    /// <inheritdoc/>
    public string Name => "CacheLoads";

    /// <inheritdoc/>
    public string? WhyNotAsked(Backup backup) => backup.Parts.HasFlag(BackupParts.Cache) ? null : "The set does not hold the cache.";

    /// <inheritdoc/>
    public async Task<string> ProveAsync(Backup backup, CancellationToken cancellationToken)
    {
        var part = backup.Manifest!.Cache!;
        new ProgressMeter(observer, $"Testing {backup.Id}").Stage("Loading the cache", part.Bytes);
        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var image = await RecordedImage.FindAsync(engine, part.Image, part.ImageDigest, null, cancellationToken).ConfigureAwait(false);
        await using var scratch = await ScratchContainer.StartAsync(engine, image, null, [], cancellationToken).ConfigureAwait(false);
        var load = await LoadAsync(scratch, part, new SetFiles(repository, backup), cancellationToken).ConfigureAwait(false);
        return load.Dump.Keys == part.Keys && load.Dump.Expiring == part.ExpiringKeys && load.TruncatedBytes == 0
            ? $"Redis {load.Version} loaded {load.Dump.Keys} keys, {load.Dump.Expiring} of which expire, as in the manifest."
            : throw new LettaDrException(
                "CacheNotIdentical", FaultKind.DataCorrupt,
                $"Redis {load.Version} loaded {load.Dump.Keys} keys ({load.Dump.Expiring} expire) and cut off {load.TruncatedBytes} bytes, and the manifest says {part.Keys} keys ({part.ExpiringKeys} expire).",
                "Use another set (Get-LettaBackup lists them).", backup.Id);
    }

    private static async Task<RedisLoad> LoadAsync(ScratchContainer scratch, CachePart part, SetFiles set, CancellationToken cancellationToken)
    {
        var folder = part.AppendOnly ? $"{RedisLoad.Directory}/{RedisLoad.AppendOnlyFolder}" : RedisLoad.Directory;
        foreach (var name in part.Files)
        {
            using var content = set.Open(name);
            await scratch.WriteAsync($"{folder}/{FileName(name)}", content, RedisLoad.User, cancellationToken).ConfigureAwait(false);
        }

        var main = FileName(part.Files[^1]);
        try
        {
            return await RedisLoad.RunAsync(
                scratch, RedisLoad.User, RedisLoad.Directory, part.AppendOnly ? Path.GetFileNameWithoutExtension(main) : main, part.AppendOnly, cancellationToken).ConfigureAwait(false);
        }
        catch (LettaDrException failure) when (failure.Id == "ScratchContainerFailed")
        {
            throw new LettaDrException("CacheFilesNotLoadable", FaultKind.DataCorrupt, $"Redis does not take the cache's files. {failure.Message}", failure.Remedy, main, failure);
        }
    }

    private static string FileName(string name) => name[(name.LastIndexOf('/') + 1)..];
}
