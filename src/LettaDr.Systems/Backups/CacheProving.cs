namespace LettaDr.Systems;

/// <summary>Proves a set's cache by loading it in a throw-away Redis and counting its keys.</summary>
internal sealed class CacheProving(IBackupRepository repository, IOperationObserver observer) : IBackupPartCheck
{
    // A throw-away Redis must own what it loads; nobody's number is in every image.
    private const string User = "65534:65534";
    private const string Directory = "/lettadr";

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
        var image = await FindImageAsync(engine, part, cancellationToken).ConfigureAwait(false);
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
        var folder = part.AppendOnly ? $"{Directory}/{RedisLoad.AppendOnlyFolder}" : Directory;
        await scratch.ShellAsync($"mkdir -p {Directory}/{RedisLoad.AppendOnlyFolder}; chown -R {User} {Directory}", [], null, cancellationToken).ConfigureAwait(false);
        foreach (var name in part.Files)
        {
            using var content = set.Open(name);
            await scratch.WriteAsync($"{folder}/{FileName(name)}", content, User, cancellationToken).ConfigureAwait(false);
        }

        var main = FileName(part.Files[^1]);
        try
        {
            return await RedisLoad.RunAsync(
                scratch, User, Directory, part.AppendOnly ? Path.GetFileNameWithoutExtension(main) : main, part.AppendOnly, cancellationToken).ConfigureAwait(false);
        }
        catch (LettaDrException failure) when (failure.Id == "ScratchContainerFailed")
        {
            throw new LettaDrException("CacheFilesNotLoadable", FaultKind.DataCorrupt, $"Redis does not take the cache's files. {failure.Message}", failure.Remedy, main, failure);
        }
    }

    private static async Task<string> FindImageAsync(DockerEngine engine, CachePart part, CancellationToken cancellationToken)
    {
        foreach (var candidate in new[] { part.ImageDigest, part.Image }.OfType<string>())
        {
            if (await engine.Containers.ImageExistsAsync(candidate, cancellationToken).ConfigureAwait(false))
            {
                return candidate;
            }
        }

        throw new LettaDrException(
            "ImageNotFound", FaultKind.NotFound, $"The image {part.Image ?? "of Redis"} is not on this machine.",
            $"Pull it (docker pull {part.Image}).", part.Image);
    }

    private static string FileName(string name) => name[(name.LastIndexOf('/') + 1)..];
}
