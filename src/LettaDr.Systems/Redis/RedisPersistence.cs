using System.Globalization;
using StackExchange.Redis;

namespace LettaDr.Systems;

/// <summary>Asks a running Redis how it writes to disk.</summary>
internal static class RedisPersistence
{
    /// <exception cref="LettaDrException">It does not answer, refuses the password or the question, or is still loading.</exception>
    public static async Task<CachePersistence> ReadAsync(CacheEndpoint cache, CancellationToken cancellationToken)
    {
        var connection = await RedisConnector.OpenAsync(cache, cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        var info = await RedisConnector.InfoAsync(connection, cache, "persistence", cancellationToken).ConfigureAwait(false);
        if (info.GetValueOrDefault("loading") == "1")
        {
            throw RedisFaults.Loading(cache, null);
        }

        var appendOnly = info.GetValueOrDefault("aof_enabled") == "1";
        return await RedisFaults.GuardAsync(cache, async () =>
        {
            var settings = new Settings(RedisConnector.Server(connection), cancellationToken);
            return new CachePersistence
            {
                Cache = $"Redis at {cache}", AppendOnly = appendOnly,
                Flushing = await settings.ReadAsync("appendfsync").ConfigureAwait(false),
                PausesForRewrite = await settings.ReadAsync("no-appendfsync-on-rewrite").ConfigureAwait(false) == "yes",
                SaveRules = await settings.ReadAsync("save").ConfigureAwait(false),
                LateFlushes = Number(info, "aof_delayed_fsync") ?? 0,
                LastWriteSucceeded = info.GetValueOrDefault(appendOnly ? "aof_last_write_status" : "rdb_last_bgsave_status", "ok") == "ok",
                LastSave = Number(info, "rdb_last_save_time") is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null,
                ChangesSinceSave = Number(info, "rdb_changes_since_last_save") ?? 0,
            };
        }).ConfigureAwait(false);
    }

    private static long? Number(IReadOnlyDictionary<string, string> info, string name) =>
        long.TryParse(info.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private sealed class Settings(IServer server, CancellationToken cancellationToken)
    {
        public async Task<string> ReadAsync(string name) =>
            (await server.ConfigGetAsync(name).WaitAsync(cancellationToken).ConfigureAwait(false)).Select(pair => pair.Value).FirstOrDefault() ?? string.Empty;
    }
}
