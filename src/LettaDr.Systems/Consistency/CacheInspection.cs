namespace LettaDr.Systems;

/// <summary>What a deployment's Redis holds of Letta's, and what of it contradicts the database.</summary>
/// <param name="Counts">Keys of Letta's by kind.</param>
/// <param name="Others">Keys of others.</param>
/// <param name="Stale">What is stale, with the reasons.</param>
internal sealed record CacheInspection(
    IReadOnlyDictionary<CacheKeyKind, long> Counts, long Others, IReadOnlyList<(RedisEntry Entry, CacheVerdict Verdict)> Stale)
{
    /// <summary>Looks at all keys, changing nothing.</summary>
    public static async Task<CacheInspection> RunAsync(
        RedisKeyspace keyspace, CacheSubjectReader reader, IOperationObserver observer, CancellationToken cancellationToken)
    {
        // Redis first: whatever a key names, Letta had committed before it made the key.
        observer.Progress(new OperationProgress("Comparing the cache with the database", "Reading keys", 0, 0, 0, null));
        var (letta, others) = await keyspace.ScanAsync(cancellationToken).ConfigureAwait(false);
        var entries = await keyspace.ReadAsync(letta, cancellationToken).ConfigureAwait(false);
        observer.Progress(new OperationProgress("Comparing the cache with the database", "Asking the database", 0, 0, 0, null));
        var subjects = await reader.ReadAsync(entries.SelectMany(entry => entry.Entry.Subjects), cancellationToken).ConfigureAwait(false);
        var stale = entries.Select(entry => (entry, CacheJudge.Judge(entry.Entry, subjects))).Where(pair => pair.Item2 is not null)
            .OrderBy(pair => pair.entry.Key.Key.Kind).ThenBy(pair => pair.entry.ToString(), StringComparer.Ordinal);
        return new CacheInspection(CountByKind(letta), others, [.. stale.Select(pair => (pair.entry, pair.Item2!))]);
    }

    /// <summary>Keys by kind, in the order of the kinds.</summary>
    public static IReadOnlyDictionary<CacheKeyKind, long> CountByKind(IEnumerable<RedisLettaKey> keys) =>
        keys.GroupBy(key => key.Key.Kind).OrderBy(group => group.Key).ToDictionary(group => group.Key, group => group.LongCount());
}
