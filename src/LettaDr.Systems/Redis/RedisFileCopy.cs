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

    // Each program that Docker starts costs more than these do: one shell for all. Sizes are taken first, and nothing beyond them, for the
    // last file grows. History is left out: it only waits to be deleted.
    private const string Copy = """
        export LC_ALL=C
        cd "$1"; manifest=$2; shift 2
        text=$(cat "$manifest")
        unchanged() { now=$(cat "$manifest"); [ "$now" = "$text" ] || exit 65; }
        while read -r word name seq number key kind rest; do
            case "$word $key $kind" in
                'file type b' | 'file type i')
                    size=$(wc -c < "$name") || { unchanged; exit 1; }
                    set -- "$@" $((size)) "$name"
                    echo "$((size)) $name"
                    ;;
            esac
        done << end
        $text
        end
        echo "$((${#text} + 1)) $manifest"
        echo
        while [ $# -gt 0 ]; do
            head -c "$1" "$2" || { unchanged; exit 1; }
            shift 2
        done
        printf '%s\n' "$text"
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

        var asOf = DateTimeOffset.UtcNow;
        using var targets = new SplitStream((name, size) => create($"{folder}/{name}", size));
        await RunAsync(["sh", "-euc", Copy, "sh", $"{directory}/{folder}", manifest], targets, cancellationToken).ConfigureAwait(false);
        return targets.Complete() is { Count: > 0 } files
            ? new RedisFileSet(true, [.. files.Select(file => $"{folder}/{file.Name}")], files.Sum(file => file.Size), asOf)
            : throw NotRead("A file has become shorter");
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

    private async Task<string> SettingAsync(string name, CancellationToken cancellationToken) =>
        (await _server.ConfigGetAsync(name).WaitAsync(cancellationToken).ConfigureAwait(false)).Single().Value;

    private async Task UntilAsync(Func<IReadOnlyDictionary<string, string>, bool> reached, CancellationToken cancellationToken)
    {
        while (!reached(await RedisConnector.InfoAsync(connection, cache, "persistence", cancellationToken).ConfigureAwait(false)))
        {
            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
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
