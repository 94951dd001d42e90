using System.Diagnostics;
using StackExchange.Redis;

namespace LettaDr.Systems;

/// <summary>Removes keys of Letta's from a deployment's Redis, in two steps: what would go, and its going.</summary>
internal sealed class CacheCleaner : IAsyncDisposable
{
    private const string Activity = "Clearing the cache";
    private const int Page = 500;

    private readonly LettaDeployment _deployment;
    private readonly CacheEndpoint _cache;
    private readonly ConnectionMultiplexer _connection;
    private readonly RedisKeyspace _keyspace;
    private readonly IOperationObserver _observer;

    private CacheCleaner(LettaDeployment deployment, CacheEndpoint cache, ConnectionMultiplexer connection, IOperationObserver observer)
    {
        (_deployment, _cache, _connection, _observer) = (deployment, cache, connection, observer);
        _keyspace = new RedisKeyspace(connection, cache);
    }

    /// <summary>Connects to the deployment's Redis.</summary>
    /// <exception cref="LettaDrException">The deployment has none, or it does not answer.</exception>
    public static async Task<CacheCleaner> OpenAsync(LettaDeployment deployment, IOperationObserver observer, CancellationToken cancellationToken)
    {
        var cache = deployment.Cache ?? throw new LettaDrException(
            "CacheNotFound", FaultKind.NotFound, $"The deployment {deployment.Name} has no Redis of its own.",
            "There is nothing to clear; set LETTA_REDIS_HOST if it should have one.", deployment);
        return new CacheCleaner(deployment, cache, await RedisConnector.OpenAsync(cache, cancellationToken).ConfigureAwait(false), observer);
    }

    /// <summary>Removes what contradicts the database, in one go.</summary>
    public static async Task<CacheClearing> ReconcileAsync(
        LettaDeployment deployment, string operationId, IOperationObserver observer, CancellationToken cancellationToken)
    {
        var cleaner = await OpenAsync(deployment, observer, cancellationToken).ConfigureAwait(false);
        await using var closing = cleaner.ConfigureAwait(false);
        var plan = await cleaner.PlanAsync(all: false, [], operationId, cancellationToken).ConfigureAwait(false);
        return await cleaner.RemoveAsync(plan, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Finds what is to be removed; changes nothing.</summary>
    /// <param name="all">All of Letta's keys, without asking the database; else only those that contradict it.</param>
    /// <param name="kinds">Only these kinds; all when empty.</param>
    /// <param name="operationId">Names the sessions in the database.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<CacheClearingPlan> PlanAsync(
        bool all, IReadOnlyCollection<CacheKeyKind> kinds, string operationId, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        if (all)
        {
            var (letta, others) = await _keyspace.ScanAsync(cancellationToken).ConfigureAwait(false);
            return new CacheClearingPlan
            {
                Counts = CacheInspection.CountByKind(letta), Others = others, Clock = clock,
                Doomed = [.. letta.Where(key => IsWanted(key.Key.Kind))],
            };
        }

        var reader = new CacheSubjectReader(new PostgresConnector(_deployment.Database, operationId));
        var inspection = await CacheInspection.RunAsync(_keyspace, reader, _observer, cancellationToken).ConfigureAwait(false);
        return new CacheClearingPlan
        {
            Counts = inspection.Counts, Others = inspection.Others, Clock = clock,
            Stale = [.. inspection.Stale.Where(stale => IsWanted(stale.Entry.Key.Key.Kind))],
        };

        bool IsWanted(CacheKeyKind kind) => kinds.Count == 0 || kinds.Contains(kind);
    }

    /// <summary>Removes what a plan names.</summary>
    public async Task<CacheClearing> RemoveAsync(CacheClearingPlan plan, CancellationToken cancellationToken)
    {
        var removed = new Dictionary<CacheKeyKind, long>();
        var changed = new Dictionary<CacheKeyKind, long>();
        var stale = plan.Stale ?? [];
        foreach (var kind in plan.Doomed.GroupBy(key => key.Key.Kind))
        {
            foreach (var page in kind.Chunk(Page))
            {
                Add(removed, kind.Key, await _keyspace.RemoveAsync(page, cancellationToken).ConfigureAwait(false));
                Report();
            }
        }

        foreach (var page in stale.Select(pair => pair.Entry).Chunk(Page))
        {
            foreach (var entry in await RemovePageAsync(page, cancellationToken).ConfigureAwait(false))
            {
                Add(changed, entry.Key.Key.Kind, 1);
                _observer.Verbose($"{entry} was left: it changed meanwhile.");
            }

            Report();
        }

        foreach (var kind in stale.GroupBy(pair => pair.Entry.Key.Key.Kind))
        {
            Add(removed, kind.Key, kind.LongCount() - changed.GetValueOrDefault(kind.Key));
        }

        return new CacheClearing
        {
            Deployment = _deployment.Name, Cache = _cache.ToString(), Scope = plan.Scope, OthersUntouched = plan.Others,
            Kinds = [.. plan.Counts.Select(pair => Account(pair.Key, pair.Value))], Duration = plan.Clock.Elapsed,
        };

        CacheKindClearing Account(CacheKeyKind kind, long found)
        {
            var (gone, left) = (removed.GetValueOrDefault(kind), changed.GetValueOrDefault(kind));
            return new CacheKindClearing(kind, gone, found - plan.CountOf(kind), left);
        }

        void Report() => _observer.Progress(new OperationProgress(Activity, $"Removed {removed.Values.Sum()} keys", 0, 0, 0, null));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    /// <summary>Removes a page of stale keys; gives those that are no longer what was judged, and were left.</summary>
    private async Task<List<RedisEntry>> RemovePageAsync(RedisEntry[] page, CancellationToken cancellationToken)
    {
        // A worker may take a dead one's lock with the same value, when a request is repeated. Its time to live gives it away.
        var locks = page.Where(entry => CacheKeyRule.Of(entry.Key.Key.Kind).IsLock).ToList();
        var now = (await _keyspace.ReadAsync(locks.Select(entry => entry.Key), cancellationToken).ConfigureAwait(false))
            .ToDictionary(entry => entry.Key.Name);
        var changed = locks.Where(entry => !now.TryGetValue(entry.Key.Name, out var read) || !IsSameLock(entry.Entry, read.Entry)).ToList();
        var same = page.Except(changed).ToList();
        if (same.Count > 0 && !await _keyspace.TryRemoveAsync(same, cancellationToken).ConfigureAwait(false))
        {
            foreach (var entry in same)
            {
                if (!await _keyspace.TryRemoveAsync([entry], cancellationToken).ConfigureAwait(false))
                {
                    changed.Add(entry);
                }
            }
        }

        return changed;
    }

    /// <summary>Whether a lock has only grown older.</summary>
    private static bool IsSameLock(CacheEntry judged, CacheEntry read) =>
        judged.Value == read.Value && (judged.TimeToLive, read.TimeToLive) switch
        {
            (null, null) => true,
            ({ } before, { } after) => after <= before && before - after < TimeSpan.FromMinutes(1),
            _ => false,
        };

    private static void Add(Dictionary<CacheKeyKind, long> counts, CacheKeyKind kind, long more) =>
        counts[kind] = counts.GetValueOrDefault(kind) + more;
}
