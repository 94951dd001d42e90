using System.Globalization;
using StackExchange.Redis;

namespace LettaDr.Systems;

/// <summary>The checks of <see cref="CacheConsistency"/> on one connection, which is made when the first of them asks.</summary>
internal sealed class CacheConsistencyChecks(LettaDeployment deployment, string operationId, IOperationObserver observer) : IAsyncDisposable
{
    private const int Examples = 3;
    private const string Clearing = "Remove them with Clear-LettaCache -Stale; with -WhatIf it only shows them.";
    private const string FreeSpace = "Free space on the volume of Redis; its log tells the cause.";

    private ConnectionMultiplexer? _connection;
    private CacheInspection? _inspection;

    /// <summary>Makes one check. What stands in its way makes it NotRun.</summary>
    public async Task<Check> RunAsync(string name, CancellationToken cancellationToken)
    {
        if (deployment.Cache is not { } cache)
        {
            return Check.OfNothing("The deployment has no Redis of its own.", "Set LETTA_REDIS_HOST if it should have one.");
        }

        try
        {
            _connection ??= await RedisConnector.OpenAsync(cache, cancellationToken).ConfigureAwait(false);
            return name switch
            {
                "CacheAppendOnly" => AppendOnly(await PersistenceAsync(cache, cancellationToken).ConfigureAwait(false)),
                "CachePersistence" => Snapshots(await PersistenceAsync(cache, cancellationToken).ConfigureAwait(false)),
                "CacheCoherent" => Coherent(await InspectAsync(cache, cancellationToken).ConfigureAwait(false)),
                _ => Locks(await InspectAsync(cache, cancellationToken).ConfigureAwait(false)),
            };
        }
        catch (LettaDrException fault)
        {
            return Check.NotRun(fault.Message, fault.Remedy);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static Check AppendOnly(IReadOnlyDictionary<string, string> info)
    {
        if (info.GetValueOrDefault("aof_enabled") != "1")
        {
            return Check.Failed(
                "The append-only file is off: what Redis was told since its last snapshot is lost with it.",
                "Switch it on while Redis runs, with redis-cli CONFIG SET appendonly yes; only then add --appendonly yes to its command in the Compose file: "
                + "a Redis that starts with it and finds no append-only file starts empty.");
        }

        if (info.GetValueOrDefault("aof_last_write_status", "ok") != "ok")
        {
            return Check.Failed("The last write to the append-only file failed.", FreeSpace);
        }

        if (info.GetValueOrDefault("aof_last_bgrewrite_status", "ok") != "ok")
        {
            return Check.Failed("The last rewrite of the append-only file failed, so that it goes on growing.", FreeSpace);
        }

        var delayed = info.GetValueOrDefault("aof_delayed_fsync", "0");
        return Check.Passed($"The append-only file is on, and its last write and rewrite succeeded; {delayed} flushes to disk were late since Redis started.");
    }

    private static Check Snapshots(IReadOnlyDictionary<string, string> info)
    {
        var saved = long.TryParse(info.GetValueOrDefault("rdb_last_save_time"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("u", CultureInfo.InvariantCulture)
            : "an unknown time";
        return info.GetValueOrDefault("rdb_last_bgsave_status", "ok") == "ok"
            ? Check.Passed($"The last snapshot (BGSAVE) did not fail; data are saved as of {saved}, {info.GetValueOrDefault("rdb_changes_since_last_save", "0")} changes since.")
            : Check.Failed($"The last snapshot (BGSAVE) failed; the last good one is of {saved}.", FreeSpace);
    }

    private static Check Coherent(CacheInspection inspection)
    {
        var stale = inspection.Stale.Where(pair => !IsLock(pair)).ToList();
        var wrong = stale.Where(pair => pair.Verdict.Staleness != CacheStaleness.Finished).ToList();

        // Letta never removes the key of a run to cancel, so that runs which are over are named in any healthy cache.
        var over = stale.Count - wrong.Count;
        var habit = over > 0 ? $" {over} name runs that are over, as Letta leaves them." : string.Empty;
        return wrong.Count > 0
            ? Check.Failed($"{Describe(wrong)}.{habit}", Clearing)
            : Check.Passed($"None of {inspection.Counts.Values.Sum()} keys of Letta's contradicts the database.{habit} {inspection.Others} keys are others'.");
    }

    private static Check Locks(CacheInspection inspection)
    {
        var dead = inspection.Stale.Where(IsLock).ToList();
        var held = inspection.Counts.Where(pair => CacheKeyRule.Of(pair.Key).IsLock).Sum(pair => pair.Value);
        return dead.Count > 0
            ? Check.Failed($"{Describe(dead)}.", Clearing)
            : Check.Passed($"{held} locks are held, all of them for a limited time and for what the database has.");
    }

    private static string Describe(List<(RedisEntry Entry, CacheVerdict Verdict)> stale)
    {
        var kinds = stale.GroupBy(pair => pair.Entry.Key.Key.Kind).Select(kind => $"{kind.Count()} {kind.Key}");
        var examples = stale.Take(Examples).Select(pair => $"{pair.Entry} {pair.Verdict.Reason}");
        return $"{stale.Count} stale key(s): {string.Join(", ", kinds)}; e.g. {string.Join("; ", examples)}";
    }

    private static bool IsLock((RedisEntry Entry, CacheVerdict Verdict) pair) => CacheKeyRule.Of(pair.Entry.Key.Key.Kind).IsLock;

    private async Task<IReadOnlyDictionary<string, string>> PersistenceAsync(CacheEndpoint cache, CancellationToken cancellationToken)
    {
        var info = await RedisConnector.InfoAsync(_connection!, cache, "persistence", cancellationToken).ConfigureAwait(false);
        return info.GetValueOrDefault("loading") == "1" ? throw RedisFaults.Loading(cache, null) : info;
    }

    private async Task<CacheInspection> InspectAsync(CacheEndpoint cache, CancellationToken cancellationToken) =>
        _inspection ??= await CacheInspection.RunAsync(
            new RedisKeyspace(_connection!, cache), new CacheSubjectReader(new PostgresConnector(deployment.Database, operationId)),
            observer, cancellationToken).ConfigureAwait(false);
}
