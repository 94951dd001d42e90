using System.Globalization;
using StackExchange.Redis;

namespace LettaDr.Systems;

/// <summary>
/// Keeps Redis from rewriting its append-only files by itself until disposed of, however this process ends: a shell in Redis's
/// container waits for the end of its input, which Docker closes with our connection, and then puts the setting back.
/// </summary>
internal sealed class RedisRewriteHold : IAsyncDisposable
{
    private const string Setting = "auto-aof-rewrite-percentage";
    private const string Watch = """
        command -v redis-cli > /dev/null || exit 127
        echo ready
        IFS= read -r word
        [ "$word" = done ] || exec redis-cli -e -p "$1" CONFIG SET "$2" "$3" > /dev/null
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);
    private readonly HeldInput _input = new();
    private readonly IServer _server;
    private readonly CacheEndpoint _cache;
    private readonly string _percentage;
    private Task<DockerExecResult> _watch = null!;

    private RedisRewriteHold(IServer server, CacheEndpoint cache, string percentage) => (_server, _cache, _percentage) = (server, cache, percentage);

    /// <summary>Switches rewrites off; one that goes on is not waited for.</summary>
    public static async Task<RedisRewriteHold> BeginAsync(
        DockerEngine engine, string containerId, IServer server, CacheEndpoint cache, CancellationToken cancellationToken)
    {
        var percentage = await SettingAsync(server, Setting, cancellationToken).ConfigureAwait(false);
        var hold = new RedisRewriteHold(server, cache, percentage);
        try
        {
            var port = await SettingAsync(server, "port", cancellationToken).ConfigureAwait(false);
            await hold.WatchAsync(engine, containerId, port, cancellationToken).ConfigureAwait(false);
            await server.ConfigSetAsync(Setting, "0").WaitAsync(cancellationToken).ConfigureAwait(false);
            return hold;
        }
        catch
        {
            await hold.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Puts the setting back, here or by the shell.</summary>
    /// <exception cref="LettaDrException">Neither could: the message says what to set by hand.</exception>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _server.ConfigSetAsync(Setting, _percentage).ConfigureAwait(false);
            _input.Release("done\n"u8);
        }
        catch (Exception failure) when (failure is RedisException or RedisTimeoutException)
        {
            _input.Release(default);
        }

        if (_watch is null)
        {
            return;
        }

        try
        {
            if ((await _watch.WaitAsync(Limit).ConfigureAwait(false)).ExitCode == 0)
            {
                return;
            }
        }
        catch (Exception failure) when (failure is LettaDrException or TimeoutException or OperationCanceledException)
        {
            // Told below.
        }

        if (await IsBackAsync().ConfigureAwait(false))
        {
            return;
        }

        throw new LettaDrException(
            "CacheSettingNotPutBack", FaultKind.OperationFailed, $"Redis at {_cache} did not take its setting {Setting} back.",
            $"Set it yourself: redis-cli CONFIG SET {Setting} {_percentage}. Without it the append-only files grow without end; a restart of Redis sets it too.", _cache);
    }

    private async Task WatchAsync(DockerEngine engine, string containerId, string port, CancellationToken cancellationToken)
    {
        var output = new FirstOutput();
        var environment = new Dictionary<string, string>();
        if (_cache.Password is { } password)
        {
            environment["REDISCLI_AUTH"] = password.Reveal();
        }

        _watch = engine.ExecAsync(
            containerId, ["sh", "-c", Watch, "sh", port, Setting, _percentage], environment, _input, output, null, CancellationToken.None);
        await Task.WhenAny(output.Begun, _watch).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (!output.Begun.IsCompleted)
        {
            var ended = await _watch.ConfigureAwait(false);
            throw new LettaDrException(
                "CacheToolMissing", FaultKind.NotInstalled,
                string.Create(CultureInfo.InvariantCulture, $"The container of Redis at {_cache} has no redis-cli (exit code {ended.ExitCode})."),
                "Use an image that brings it, as redis does; without it nobody could put a setting back if this process died.", _cache);
        }
    }

    private async Task<bool> IsBackAsync()
    {
        try
        {
            return await SettingAsync(_server, Setting, CancellationToken.None).ConfigureAwait(false) == _percentage;
        }
        catch (Exception failure) when (failure is RedisException or RedisTimeoutException)
        {
            return false;
        }
    }

    private static async Task<string> SettingAsync(IServer server, string name, CancellationToken cancellationToken) =>
        (await server.ConfigGetAsync(name).WaitAsync(cancellationToken).ConfigureAwait(false)).Single().Value;
}
