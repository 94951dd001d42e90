using StackExchange.Redis;

namespace LettaDr.Systems;

/// <summary>Has a Redis save a new snapshot.</summary>
internal static class RedisSnapshot
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Saves one in the background, and waits until it is on the disk.</summary>
    /// <returns>When it was begun, by this machine's clock: the moment whose state it holds, at most a second later.</returns>
    /// <exception cref="LettaDrException">Redis could not save it.</exception>
    public static async Task<DateTimeOffset> SaveAsync(IConnectionMultiplexer connection, CacheEndpoint cache, CancellationToken cancellationToken)
    {
        var server = RedisConnector.Server(connection);
        await UntilSavedAsync(connection, cache, cancellationToken).ConfigureAwait(false);
        var before = await server.LastSaveAsync().WaitAsync(cancellationToken).ConfigureAwait(false);

        // LASTSAVE counts whole seconds: a snapshot within the same one could not be told from the last.
        while (await server.TimeAsync().WaitAsync(cancellationToken).ConfigureAwait(false) < before.AddSeconds(1))
        {
            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }

        var asOf = DateTimeOffset.UtcNow;
        await server.SaveAsync(SaveType.BackgroundSave).WaitAsync(cancellationToken).ConfigureAwait(false);
        await UntilSavedAsync(connection, cache, cancellationToken).ConfigureAwait(false);
        return await server.LastSaveAsync().WaitAsync(cancellationToken).ConfigureAwait(false) > before
            ? asOf
            : throw new LettaDrException(
                "CacheSnapshotFailed", FaultKind.OperationFailed, $"Redis at {cache} could not save a snapshot (BGSAVE).",
                "Free space on its volume; its log tells the cause.", cache);
    }

    private static async Task UntilSavedAsync(IConnectionMultiplexer connection, CacheEndpoint cache, CancellationToken cancellationToken)
    {
        while ((await RedisConnector.InfoAsync(connection, cache, "persistence", cancellationToken).ConfigureAwait(false))["rdb_bgsave_in_progress"] != "0")
        {
            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }
}
