using StackExchange.Redis;

namespace LettaDr.Systems;

/// <summary>Reads and removes keys of Letta's: always by SCAN, thousands at a time.</summary>
internal sealed class RedisKeyspace(IConnectionMultiplexer connection, CacheEndpoint cache)
{
    private const int Page = 1000;
    private readonly IDatabase _database = connection.GetDatabase(0);

    /// <summary>Walks through all keys once.</summary>
    /// <returns>Letta's, and the number of all others.</returns>
    public Task<(IReadOnlyList<RedisLettaKey> Letta, long Others)> ScanAsync(CancellationToken cancellationToken) =>
        RedisFaults.GuardAsync<(IReadOnlyList<RedisLettaKey>, long)>(cache, async () =>
        {
            // SCAN may give a key twice while the table of keys is being resized.
            var letta = new Dictionary<RedisKey, RedisLettaKey>();
            var others = 0L;
            var keys = RedisConnector.Server(connection).KeysAsync(0, default, Page).WithCancellation(cancellationToken);
            await foreach (var key in keys.ConfigureAwait(false))
            {
                if (CacheKey.Parse(key.ToString()) is { } parsed)
                {
                    letta[key] = new RedisLettaKey(key, parsed);
                }
                else
                {
                    others++;
                }
            }

            return ([.. letta.Values], others);
        });

    /// <summary>Reads what the rules look at: values, lengths and times to live. Keys that have gone meanwhile are left out.</summary>
    public Task<List<RedisEntry>> ReadAsync(IEnumerable<RedisLettaKey> keys, CancellationToken cancellationToken) =>
        RedisFaults.GuardAsync(cache, async () =>
        {
            var entries = new List<RedisEntry>();
            foreach (var page in keys.Chunk(Page))
            {
                var reading = page.Select(ReadAsync).ToList();
                entries.AddRange((await Task.WhenAll(reading).WaitAsync(cancellationToken).ConfigureAwait(false)).OfType<RedisEntry>());
            }

            return entries;
        });

    /// <summary>Removes a page of keys whatever they hold; the number of those that were still there.</summary>
    public Task<long> RemoveAsync(RedisLettaKey[] keys, CancellationToken cancellationToken) =>
        RedisFaults.GuardAsync(cache, () => _database.KeyDeleteAsync([.. keys.Select(key => key.Name)]).WaitAsync(cancellationToken));

    /// <summary>
    /// Removes entries as long as all of them are still what they were: WATCH, compare, MULTI, UNLINK, EXEC. False when one of them has
    /// changed, and then nothing was removed.
    /// </summary>
    public Task<bool> TryRemoveAsync(IReadOnlyCollection<RedisEntry> entries, CancellationToken cancellationToken) =>
        RedisFaults.GuardAsync(cache, async () =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            var transaction = _database.CreateTransaction();
            foreach (var entry in entries)
            {
                transaction.AddCondition(entry.Unchanged);
            }

            // Not waited for: it has no answer unless the transaction is carried out.
            _ = transaction.KeyDeleteAsync([.. entries.Select(entry => entry.Key.Name)]);
            return await transaction.ExecuteAsync().ConfigureAwait(false);
        });

    private async Task<RedisEntry?> ReadAsync(RedisLettaKey key)
    {
        // KeyTimeToLive tells a key without expiry from one that is gone no better than by null; PTTL does.
        var life = _database.ExecuteAsync("PTTL", key.Name);
        var isStream = key.Key.Kind == CacheKeyKind.RunStream;
        var length = isStream ? _database.StreamLengthAsync(key.Name) : null;
        var needsValue = CacheKeyRule.Of(key.Key.Kind) is { IsLock: true } or { ValueNamesRun: true };
        var value = needsValue ? _database.StringGetAsync(key.Name) : null;
        var milliseconds = (long)await life.ConfigureAwait(false);
        try
        {
            var entries = length is null ? 0 : await length.ConfigureAwait(false);
            var text = value is null ? RedisValue.Null : await value.ConfigureAwait(false);
            if (milliseconds == -2 || (needsValue && text.IsNull))
            {
                return null;
            }

            TimeSpan? left = milliseconds < 0 ? null : TimeSpan.FromMilliseconds(milliseconds);
            var condition = isStream ? Condition.StreamLengthEqual(key.Name, entries)
                : needsValue ? Condition.StringEqual(key.Name, text)
                : Condition.KeyExists(key.Name);
            return new RedisEntry(key, new CacheEntry(key.Key, text.IsNull ? null : text.ToString(), left), condition);
        }
        catch (RedisServerException wrong) when (wrong.Message.StartsWith("WRONGTYPE", StringComparison.Ordinal))
        {
            // Letta never makes such a key: it is somebody else's under a name like Letta's.
            return null;
        }
    }
}
