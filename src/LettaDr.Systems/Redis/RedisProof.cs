using System.Globalization;
using StackExchange.Redis;

namespace LettaDr.Systems;

/// <summary>Sees that a Redis which has just started holds what it was given, and that it is written to disk.</summary>
internal sealed class RedisProof(IConnectionMultiplexer connection, CacheEndpoint cache)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly IServer _server = RedisConnector.Server(connection);

    /// <param name="load">What it was given.</param>
    /// <param name="wasAppendOnly">Whether its append-only file was on before.</param>
    /// <param name="operationId">Names the key that is written to see the file grow; it is removed again.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<CacheProof> RunAsync(CacheLoad load, bool wasAppendOnly, string operationId, CancellationToken cancellationToken)
    {
        var info = await InfoAsync(cancellationToken).ConfigureAwait(false);

        // Redis's own count of what it has read: clients may have written since.
        var (loaded, dropped) = (Number(info, "rdb_last_load_keys_loaded"), Number(info, "rdb_last_load_keys_expired"));
        if (loaded + dropped != load.Keys)
        {
            throw new LettaDrException(
                "CacheNotLoaded", FaultKind.DataCorrupt, $"Redis at {cache} loaded {loaded} keys and dropped {dropped} expired ones, and was given {load.Keys}.",
                "See whether its command or configuration names other files than it did before (dir, dbfilename, appendfilename).", cache);
        }

        string? notice = null;
        if (wasAppendOnly && info["aof_enabled"] != "1")
        {
            await _server.ConfigSetAsync("appendonly", "yes").WaitAsync(cancellationToken).ConfigureAwait(false);
            notice = $"Redis at {cache} had its append-only file on, but its command does not say so. It is on again; add --appendonly yes to the command.";
        }

        while (Number(info = await InfoAsync(cancellationToken).ConfigureAwait(false), "aof_rewrite_in_progress") + Number(info, "aof_rewrite_scheduled") > 0)
        {
            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }

        var appendOnly = info["aof_enabled"] == "1";
        if (appendOnly)
        {
            await SeeItGrowAsync(Number(info, "aof_current_size"), operationId, cancellationToken).ConfigureAwait(false);
        }

        // The append-only files hold keys whose time is up; Redis drops them one by one after it has loaded.
        var expired = Math.Max(dropped, load.Expired);
        return new CacheProof(load.Keys - expired, expired, appendOnly, notice);
    }

    private async Task SeeItGrowAsync(long size, string operationId, CancellationToken cancellationToken)
    {
        var database = connection.GetDatabase();
        var key = "lettadr:restored:" + operationId;
        await database.StringSetAsync(key, "x", TimeSpan.FromMinutes(1)).WaitAsync(cancellationToken).ConfigureAwait(false);
        await database.KeyDeleteAsync(key).WaitAsync(cancellationToken).ConfigureAwait(false);
        var info = await InfoAsync(cancellationToken).ConfigureAwait(false);
        if (Number(info, "aof_current_size") <= size || info["aof_last_write_status"] != "ok" || info["aof_last_bgrewrite_status"] != "ok")
        {
            throw new LettaDrException(
                "CacheNotWritten", FaultKind.OperationFailed, $"The append-only file of Redis at {cache} is on, but is not written to.",
                "Free space on its volume; its log tells the cause.", cache);
        }
    }

    private Task<IReadOnlyDictionary<string, string>> InfoAsync(CancellationToken cancellationToken) =>
        RedisConnector.InfoAsync(connection, cache, "persistence", cancellationToken);

    private static long Number(IReadOnlyDictionary<string, string> info, string name) =>
        long.TryParse(info.GetValueOrDefault(name), CultureInfo.InvariantCulture, out var number) ? number : 0;
}
