namespace LettaDr.Systems;

/// <summary>
/// A Redis that runs in a throw-away container, reachable by its socket only. It is a replica without a primary: such a one keeps
/// keys whose time is up, so that what it holds can be counted to the last key.
/// </summary>
internal static class ScratchRedis
{
    private const int NotLoaded = 65;

    private const string Enter = "cd \"$1\"; shift; ";

    // All in one shell: each program that Docker starts costs more than what is asked of Redis here. The image's own entry point
    // loads the modules that the deployment's Redis has too. A child that has ended is gone for kill once the shell ran another.
    private const string Start = """

        socket=/tmp/lettadr-$$.sock log=/tmp/lettadr-$$.log
        set -- redis-server --unixsocket "$socket" "$@"
        if command -v docker-entrypoint.sh > /dev/null; then set -- docker-entrypoint.sh "$@"; fi
        "$@" > "$log" 2>&1 &
        redis=$!
        cli() { redis-cli -e -s "$socket" "$@"; }
        end() { kill -9 $redis; wait $redis 2> /dev/null || true; }
        until cli INFO persistence 2> /dev/null | grep -q '^loading:0'; do
            if ! kill -0 $redis 2> /dev/null; then tail -n 50 "$log" >&2; exit 65; fi
            sleep 0.05
        done

        """;

    private static readonly string[] Settings =
    [
        "--port", "0", "--save", "", "--replicaof", "127.0.0.1", "1",
        "--auto-aof-rewrite-percentage", "0", "--aof-load-truncated", "yes", "--aof-use-rdb-preamble", "yes", "--appendfsync", "always",
    ];

    /// <summary>Has one load the files of a directory.</summary>
    /// <param name="container">Where it runs.</param>
    /// <param name="user">User and group by number, who may write to the directory.</param>
    /// <param name="directory">Its data directory, and where the commands run.</param>
    /// <param name="settings">More settings, as on its command line.</param>
    /// <param name="prepare">For the shell, before it starts.</param>
    /// <param name="commands">For the shell, once it has loaded: <c>cli</c> is its redis-cli, and <c>end</c> ends it without saving anything more.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What the commands wrote.</returns>
    /// <exception cref="LettaDrException"><c>CacheFilesNotLoadable</c>: it does not start with these files; the message holds its last words.</exception>
    public static async Task<string> RunAsync(
        ScratchContainer container, string user, string directory, IReadOnlyList<string> settings, string prepare, string commands,
        CancellationToken cancellationToken)
    {
        var (result, output) = await container.TryShellAsync(
            Enter + prepare + Start + commands, [directory, "--dir", directory, .. Settings, .. settings], user, cancellationToken).ConfigureAwait(false);
        return result.ExitCode switch
        {
            0 => output,
            NotLoaded => throw new LettaDrException(
                "CacheFilesNotLoadable", FaultKind.DataCorrupt,
                $"A throw-away Redis could not load the cache's files: it ended; its last words: {LastWords(result.StandardError)}.",
                "See whether the files are damaged, or of a newer Redis than the image's.", container.Id),
            _ => throw ScratchContainer.Failed(result, container.Id),
        };
    }

    /// <summary>A word as the commands' shell takes it.</summary>
    public static string Quoted(string word) => "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    /// <summary>The warnings at the end of the log, or its last line: without their process number and time.</summary>
    private static string LastWords(string log)
    {
        var lines = log.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var warnings = lines.Where(line => line.Contains(" # ", StringComparison.Ordinal) && !line.Contains("overcommit", StringComparison.Ordinal)
            && !line.Contains("SYNC", StringComparison.Ordinal)).TakeLast(2).ToList();
        var words = warnings.Count > 0 ? warnings : lines.TakeLast(1);
        return string.Join("; ", words.Select(line => line[(line.IndexOf(" # ", StringComparison.Ordinal) is var at and >= 0 ? at + 3 : 0)..].TrimEnd('.')));
    }
}
