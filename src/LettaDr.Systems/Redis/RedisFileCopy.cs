using System.Globalization;
using System.Text;
using StackExchange.Redis;

namespace LettaDr.Systems;

/// <summary>
/// Copies a running Redis's files out of its container, by the procedure of Redis's manual (Persistence, "Backing up AOF
/// persistence"): rewrites are switched off and waited for, the manifest's files copied, and the setting put back.
/// </summary>
internal sealed class RedisFileCopy(DockerEngine engine, string containerId, IConnectionMultiplexer connection, CacheEndpoint cache)
{
    private const int FirstWithManifest = 7;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly IServer _server = RedisConnector.Server(connection);

    /// <summary>Copies the append-only files where they are on, else a new snapshot.</summary>
    /// <param name="create">Makes the target of a file by its path below Redis's data directory; disposed of when written.</param>
    /// <param name="cancellationToken">Stops it; the setting is put back all the same, and also when this process dies.</param>
    /// <exception cref="LettaDrException">Redis or Docker refuses, a snapshot fails, or somebody rewrote the files meanwhile.</exception>
    public Task<RedisFileSet> CopyAsync(Func<string, Stream> create, CancellationToken cancellationToken) => RedisFaults.GuardAsync(cache, async () =>
    {
        // Redis 6 keeps one append-only file, and no manifest that would tell whether it was exchanged for a rewritten one while it
        // was copied. A snapshot holds the same, of one moment.
        var directory = await SettingAsync("dir", cancellationToken).ConfigureAwait(false);
        return _server.Version.Major >= FirstWithManifest && await SettingAsync("appendonly", cancellationToken).ConfigureAwait(false) == "yes"
            ? await CopyAppendOnlyAsync(directory, create, cancellationToken).ConfigureAwait(false)
            : await CopySnapshotAsync(directory, create, cancellationToken).ConfigureAwait(false);
    });

    private async Task<RedisFileSet> CopyAppendOnlyAsync(string directory, Func<string, Stream> create, CancellationToken cancellationToken)
    {
        var folder = await SettingAsync("appenddirname", cancellationToken).ConfigureAwait(false);
        var manifest = $"{folder}/{await SettingAsync("appendfilename", cancellationToken).ConfigureAwait(false)}.manifest";
        await using var hold = (await RedisRewriteHold.BeginAsync(engine, containerId, _server, cache, cancellationToken).ConfigureAwait(false))
            .ConfigureAwait(false);
        await UntilAsync(info => info["aof_rewrite_in_progress"] == "0" && info["aof_rewrite_scheduled"] == "0", cancellationToken).ConfigureAwait(false);
        var text = await ReadTextAsync($"{directory}/{manifest}", cancellationToken).ConfigureAwait(false);
        var names = ManifestFiles(text).Select(name => $"{folder}/{name}").ToList();

        // The last file grows while it is copied. Sizes are taken first, and nothing beyond them.
        var asOf = DateTimeOffset.UtcNow;
        var sizes = await SizesAsync(directory, names, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < names.Count; i++)
        {
            await CopyAsync($"{directory}/{names[i]}", sizes[i], create(names[i]), cancellationToken).ConfigureAwait(false);
        }

        await WriteAsync(create(manifest), text, cancellationToken).ConfigureAwait(false);
        if (await ReadTextAsync($"{directory}/{manifest}", cancellationToken).ConfigureAwait(false) != text)
        {
            throw new LettaDrException(
                "CacheRewritten", FaultKind.Busy, $"Somebody had Redis at {cache} rewrite its append-only files while they were copied.",
                "Run the command again, and no BGREWRITEAOF meanwhile.", cache);
        }

        return new RedisFileSet(true, [.. names, manifest], sizes.Sum() + Encoding.UTF8.GetByteCount(text), asOf);
    }

    private async Task<RedisFileSet> CopySnapshotAsync(string directory, Func<string, Stream> create, CancellationToken cancellationToken)
    {
        var asOf = await RedisSnapshot.SaveAsync(connection, cache, cancellationToken).ConfigureAwait(false);
        var name = await SettingAsync("dbfilename", cancellationToken).ConfigureAwait(false);

        // One reading of one open file: a later snapshot replaces the name, not what is being read.
        var bytes = await CopyAsync($"{directory}/{name}", long.MaxValue, create(name), cancellationToken).ConfigureAwait(false);
        return new RedisFileSet(false, [name], bytes, asOf);
    }

    /// <summary>The files that a manifest lists, history left out: it only waits to be deleted.</summary>
    internal static IEnumerable<string> ManifestFiles(string manifest) =>
        from line in manifest.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        let words = line.Split(' ')
        where words is ["file", _, "seq", _, "type", "b" or "i", ..]
        select words[1];

    private async Task<string> SettingAsync(string name, CancellationToken cancellationToken) =>
        (await _server.ConfigGetAsync(name).WaitAsync(cancellationToken).ConfigureAwait(false)).Single().Value;

    private async Task UntilAsync(Func<IReadOnlyDictionary<string, string>, bool> reached, CancellationToken cancellationToken)
    {
        while (!reached(await RedisConnector.InfoAsync(connection, cache, "persistence", cancellationToken).ConfigureAwait(false)))
        {
            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<long[]> SizesAsync(string directory, List<string> names, CancellationToken cancellationToken)
    {
        // Without the names: wc leaves them out for what it reads from its input.
        var paths = names.Select(name => $"{directory}/{name}");
        var text = await RunAsync(["sh", "-ec", "for file in \"$@\"; do wc -c < \"$file\"; done", "sh", .. paths], cancellationToken).ConfigureAwait(false);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(size => long.Parse(size.Trim(), CultureInfo.InvariantCulture))];
    }

    private Task<string> ReadTextAsync(string path, CancellationToken cancellationToken) => RunAsync(["cat", path], cancellationToken);

    private async Task<string> RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        await RunAsync(command, output, cancellationToken).ConfigureAwait(false);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private async Task<long> CopyAsync(string path, long size, Stream target, CancellationToken cancellationToken)
    {
        await using var closing = target.ConfigureAwait(false);
        var counting = new CountingStream(target);
        IReadOnlyList<string> command = size == long.MaxValue ? ["cat", path] : ["head", "-c", size.ToString(CultureInfo.InvariantCulture), path];
        await RunAsync(command, counting, cancellationToken).ConfigureAwait(false);
        return counting.Count;
    }

    private static async Task WriteAsync(Stream target, string text, CancellationToken cancellationToken)
    {
        await using var closing = target.ConfigureAwait(false);
        await target.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false);
    }

    private async Task RunAsync(IReadOnlyList<string> command, Stream output, CancellationToken cancellationToken)
    {
        var result = await engine.ExecAsync(containerId, command, null, null, output, null, cancellationToken).ConfigureAwait(false);
        if (result.ExitCode != 0)
        {
            throw new LettaDrException(
                "CacheFileNotRead", FaultKind.OperationFailed, $"{command[0]} in the container of Redis at {cache} failed: {result.StandardError.Trim()}.",
                "See that the data directory of Redis can be read in its container.", cache);
        }
    }
}
