using System.Text;

namespace LettaDr.Systems;

/// <summary>
/// A Redis that runs in a throw-away container, reachable by its socket only. It is a replica without a primary: such a one keeps
/// keys whose time is up, so that what it holds can be counted to the last key.
/// </summary>
internal sealed class ScratchRedis : IAsyncDisposable
{
    private const string Socket = "/tmp/lettadr.sock";

    // The image's own entry point loads the modules that the deployment's Redis has too.
    private const string Start = """
        cd "$1"; shift
        if command -v docker-entrypoint.sh > /dev/null; then exec docker-entrypoint.sh redis-server "$@"; fi
        exec redis-server "$@"
        """;

    private static readonly string[] Settings =
    [
        "--port", "0", "--unixsocket", Socket, "--save", "", "--replicaof", "127.0.0.1", "1",
        "--auto-aof-rewrite-percentage", "0", "--aof-load-truncated", "yes", "--aof-use-rdb-preamble", "yes", "--appendfsync", "always",
    ];

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly ScratchContainer _container;
    private readonly string _user;
    private readonly OutputTail _log = new();
    private readonly CancellationTokenSource _killed = new();
    private readonly Task<DockerExecResult> _running;

    private ScratchRedis(ScratchContainer container, string user, string directory, IReadOnlyList<string> settings)
    {
        (_container, _user) = (container, user);
        _running = container.Engine.ExecAsync(
            container.Id, ["sh", "-ec", Start, "sh", directory, .. Settings, "--dir", directory, .. settings], null, null, _log, user, _killed.Token);
    }

    /// <summary>Starts one on the files of a directory; returns when it has loaded them.</summary>
    /// <param name="container">Where it runs.</param>
    /// <param name="user">User and group by number, who may write to the directory.</param>
    /// <param name="directory">Its data directory.</param>
    /// <param name="settings">More settings, as on its command line.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="LettaDrException"><c>CacheFilesNotLoadable</c>: it does not start with these files; the message holds its last words.</exception>
    public static async Task<ScratchRedis> StartAsync(
        ScratchContainer container, string user, string directory, IReadOnlyList<string> settings, CancellationToken cancellationToken)
    {
        var redis = new ScratchRedis(container, user, directory, settings);
        try
        {
            while (!await redis.HasLoadedAsync(cancellationToken).ConfigureAwait(false))
            {
                await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
            }

            return redis;
        }
        catch
        {
            await redis.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>What redis-cli prints.</summary>
    public async Task<string> CliAsync(CancellationToken cancellationToken, params string[] command)
    {
        var (exitCode, text) = await TryCliAsync(command, cancellationToken).ConfigureAwait(false);
        return exitCode == 0 ? text : throw Failed($"{command[0]} failed: {text.Trim()}");
    }

    /// <summary>Waits until a section of INFO says what it should.</summary>
    public async Task UntilInfoAsync(string section, Func<string, bool> says, CancellationToken cancellationToken)
    {
        while (!says(await CliAsync(cancellationToken, "INFO", section).ConfigureAwait(false)))
        {
            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends it without saving anything more.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_running.IsCompleted)
        {
            await _killed.CancelAsync().ConfigureAwait(false);
        }

        await ((Task)_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _killed.Dispose();
    }

    private async Task<bool> HasLoadedAsync(CancellationToken cancellationToken)
    {
        if (_running.IsCompleted)
        {
            await _running.ConfigureAwait(false);
            throw Failed("it ended");
        }

        var (exitCode, text) = await TryCliAsync(["INFO", "persistence"], cancellationToken).ConfigureAwait(false);
        return exitCode == 0 && text.Contains("\nloading:0", StringComparison.Ordinal);
    }

    private async Task<(long ExitCode, string Text)> TryCliAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        var result = await _container.Engine.ExecAsync(
            _container.Id, ["redis-cli", "-e", "-s", Socket, .. command], null, null, output, _user, cancellationToken).ConfigureAwait(false);
        return (result.ExitCode, Encoding.UTF8.GetString(output.ToArray()));
    }

    private LettaDrException Failed(string what) => new(
        "CacheFilesNotLoadable", FaultKind.DataCorrupt, $"A throw-away Redis could not load the cache's files: {what}; its last words: {LastWords()}.",
        "See whether the files are damaged, or of a newer Redis than the image's.", _container.Id);

    /// <summary>The warnings at the end of the log, or its last line: without their process number and time.</summary>
    private string LastWords()
    {
        var lines = _log.Lines();
        var warnings = lines.Where(line => line.Contains(" # ", StringComparison.Ordinal) && !line.Contains("overcommit", StringComparison.Ordinal)
            && !line.Contains("SYNC", StringComparison.Ordinal)).TakeLast(2).ToList();
        var words = warnings.Count > 0 ? warnings : lines.TakeLast(1);
        return string.Join("; ", words.Select(line => line[(line.IndexOf(" # ", StringComparison.Ordinal) is var at and >= 0 ? at + 3 : 0)..].TrimEnd('.')));
    }
}
