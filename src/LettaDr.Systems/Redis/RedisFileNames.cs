using StackExchange.Redis;

namespace LettaDr.Systems;

/// <summary>Where a Redis keeps its files, by its settings.</summary>
/// <param name="Directory"><c>dir</c>: the data directory in its container.</param>
/// <param name="Snapshot"><c>dbfilename</c>.</param>
/// <param name="AppendOnlyFolder"><c>appenddirname</c>.</param>
/// <param name="AppendOnlyName"><c>appendfilename</c>.</param>
internal sealed record RedisFileNames(string Directory, string Snapshot, string AppendOnlyFolder, string AppendOnlyName)
{
    /// <summary>All that may be in the data directory: Redis 6 had its append-only file beside the snapshot.</summary>
    public IReadOnlyList<string> All => [AppendOnlyFolder, Snapshot, AppendOnlyName];

    /// <summary>As a running Redis says.</summary>
    public static async Task<RedisFileNames> ReadAsync(IServer server, CancellationToken cancellationToken)
    {
        return new RedisFileNames(
            (await SettingAsync("dir").ConfigureAwait(false))!, (await SettingAsync("dbfilename").ConfigureAwait(false))!,
            await SettingAsync("appenddirname").ConfigureAwait(false) ?? "appendonlydir", (await SettingAsync("appendfilename").ConfigureAwait(false))!);

        async Task<string?> SettingAsync(string name) =>
            (await server.ConfigGetAsync(name).WaitAsync(cancellationToken).ConfigureAwait(false)).Select(pair => pair.Value).FirstOrDefault();
    }

    /// <summary>As the command of a container says whose Redis does not run; Redis's and its image's defaults where it says nothing.</summary>
    public static RedisFileNames FromCommand(IReadOnlyList<string> command)
    {
        return new RedisFileNames(
            Argument("--dir") ?? "/data", Argument("--dbfilename") ?? "dump.rdb", Argument("--appenddirname") ?? "appendonlydir",
            Argument("--appendfilename") ?? "appendonly.aof");

        string? Argument(string name) =>
            command.SkipWhile(word => word != name).Skip(1).Select(word => word.Trim('"', '\'')).FirstOrDefault(word => word.Length > 0);
    }
}
