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
    private const int ManifestChanged = 65;

    // Each program that Docker starts costs more than these do: two shells for all. What vanishes meanwhile is not of the manifest.
    private const string List = """
        cd "$1"
        for file in *; do
            size=$(wc -c < "$file") || continue
            echo "$size $file"
        done
        echo
        cat "$2"
        """;

    private const string Copy = """
        cd "$1"; manifest=$2 text=$3; shift 3
        unchanged() { now=$(cat "$manifest"); [ "$now" = "$text" ] || exit 65; }
        while [ $# -gt 0 ]; do
            head -c "$1" "$2" || { unchanged; exit 1; }
            shift 2
        done
        unchanged
        """;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly IServer _server = RedisConnector.Server(connection);

    /// <summary>Copies the append-only files where they are on, else a new snapshot.</summary>
    /// <param name="create">
    /// Makes the target of a file by its path below Redis's data directory and its size, which a snapshot's is not known of; disposed of
    /// when written, and before the next is made.
    /// </param>
    /// <param name="cancellationToken">Stops it; the setting is put back all the same, and also when this process dies.</param>
    /// <exception cref="LettaDrException">Redis or Docker refuses, a snapshot fails, or somebody rewrote the files meanwhile.</exception>
    public Task<RedisFileSet> CopyAsync(Func<string, long?, Stream> create, CancellationToken cancellationToken) => RedisFaults.GuardAsync(cache, async () =>
    {
        // Redis 6 keeps one append-only file, and no manifest that would tell whether it was exchanged for a rewritten one while it
        // was copied. A snapshot holds the same, of one moment.
        var directory = await SettingAsync("dir", cancellationToken).ConfigureAwait(false);
        return _server.Version.Major >= FirstWithManifest && await SettingAsync("appendonly", cancellationToken).ConfigureAwait(false) == "yes"
            ? await CopyAppendOnlyAsync(directory, create, cancellationToken).ConfigureAwait(false)
            : await CopySnapshotAsync(directory, create, cancellationToken).ConfigureAwait(false);
    });

    private async Task<RedisFileSet> CopyAppendOnlyAsync(string directory, Func<string, long?, Stream> create, CancellationToken cancellationToken)
    {
        var folder = await SettingAsync("appenddirname", cancellationToken).ConfigureAwait(false);
        var manifest = await SettingAsync("appendfilename", cancellationToken).ConfigureAwait(false) + ".manifest";
        await using var hold = (await RedisRewriteHold.BeginAsync(engine, containerId, _server, cache, cancellationToken).ConfigureAwait(false))
            .ConfigureAwait(false);
        await UntilAsync(info => info["aof_rewrite_in_progress"] == "0" && info["aof_rewrite_scheduled"] == "0", cancellationToken).ConfigureAwait(false);

        // The last file grows while it is copied. Sizes are taken first, and nothing beyond them.
        var asOf = DateTimeOffset.UtcNow;
        var (sizes, text) = await ListAsync($"{directory}/{folder}", manifest, cancellationToken).ConfigureAwait(false);
        var files = ManifestFiles(text).Select(name => (name, sizes.TryGetValue(name, out var size) ? size : throw Rewritten())).ToList();
        await CopyFilesAsync($"{directory}/{folder}", manifest, text, files, (name, size) => create($"{folder}/{name}", size), cancellationToken).ConfigureAwait(false);

        var bytes = Encoding.UTF8.GetBytes(text);
        await WriteAsync(create($"{folder}/{manifest}", bytes.Length), bytes, cancellationToken).ConfigureAwait(false);
        return new RedisFileSet(true, [.. files.Select(file => $"{folder}/{file.name}"), $"{folder}/{manifest}"], files.Sum(file => file.Item2) + bytes.Length, asOf);
    }

    private async Task<RedisFileSet> CopySnapshotAsync(string directory, Func<string, long?, Stream> create, CancellationToken cancellationToken)
    {
        var asOf = await RedisSnapshot.SaveAsync(connection, cache, cancellationToken).ConfigureAwait(false);
        var name = await SettingAsync("dbfilename", cancellationToken).ConfigureAwait(false);

        // One reading of one open file: a later snapshot replaces the name, not what is being read.
        var target = create(name, null);
        await using var closing = target.ConfigureAwait(false);
        var counting = new CountingStream(target);
        await RunAsync(["cat", $"{directory}/{name}"], counting, cancellationToken).ConfigureAwait(false);
        return new RedisFileSet(false, [name], counting.Count, asOf);
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

    /// <summary>The sizes of all files in the folder, and the manifest's text.</summary>
    private async Task<(Dictionary<string, long> Sizes, string Manifest)> ListAsync(string folder, string manifest, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        await RunAsync(["sh", "-euc", List, "sh", folder, manifest], output, cancellationToken).ConfigureAwait(false);
        var parts = Encoding.UTF8.GetString(output.ToArray()).Split("\n\n", 2);
        var sizes = parts[0].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim().Split(' ', 2))
            .ToDictionary(pair => pair[1], pair => long.Parse(pair[0], CultureInfo.InvariantCulture));
        return (sizes, parts[1]);
    }

    private async Task CopyFilesAsync(
        string folder, string manifest, string text, List<(string Name, long Size)> files, Func<string, long, Stream> create, CancellationToken cancellationToken)
    {
        using var targets = new SplitStream(files, create);
        var pairs = files.SelectMany(file => new[] { file.Size.ToString(CultureInfo.InvariantCulture), file.Name });
        await RunAsync(["sh", "-euc", Copy, "sh", folder, manifest, text.TrimEnd('\n'), .. pairs], targets, cancellationToken).ConfigureAwait(false);
        if (!targets.Complete())
        {
            throw NotRead("A file has become shorter");
        }
    }

    private static async Task WriteAsync(Stream target, byte[] bytes, CancellationToken cancellationToken)
    {
        await using var closing = target.ConfigureAwait(false);
        await target.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
    }

    private async Task RunAsync(IReadOnlyList<string> command, Stream output, CancellationToken cancellationToken)
    {
        var result = await engine.ExecAsync(containerId, command, null, null, output, null, cancellationToken).ConfigureAwait(false);
        if (result.ExitCode != 0)
        {
            throw result.ExitCode == ManifestChanged ? Rewritten() : NotRead(result.StandardError.Trim());
        }
    }

    private LettaDrException Rewritten() => new(
        "CacheRewritten", FaultKind.Busy, $"Somebody had Redis at {cache} rewrite its append-only files while they were copied.",
        "Run the command again, and no BGREWRITEAOF meanwhile.", cache);

    private LettaDrException NotRead(string reason) => new(
        "CacheFileNotRead", FaultKind.OperationFailed, $"The files of Redis at {cache} could not be read in its container: {reason}.",
        "See that the data directory of Redis can be read in its container.", cache);
}
