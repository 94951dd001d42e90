using System.Diagnostics;

namespace LettaDr.Systems;

/// <summary>What clearing a cache would remove.</summary>
internal sealed record CacheClearingPlan
{
    private const int Examples = 3;

    /// <summary>All keys of Letta's by kind.</summary>
    public required IReadOnlyDictionary<CacheKeyKind, long> Counts { get; init; }

    /// <summary>Keys of others.</summary>
    public required long Others { get; init; }

    /// <summary>Runs since the first key was read.</summary>
    public required Stopwatch Clock { get; init; }

    /// <summary>Keys that go whatever they hold; none when only stale ones go.</summary>
    public IReadOnlyList<RedisLettaKey> Doomed { get; init; } = [];

    /// <summary>Keys that go as long as they are what was judged; null when all go.</summary>
    public IReadOnlyList<(RedisEntry Entry, CacheVerdict Verdict)>? Stale { get; init; }

    /// <summary>How many keys go.</summary>
    public long Count => Doomed.Count + (Stale?.Count ?? 0);

    /// <summary><c>Stale</c> or <c>All</c>.</summary>
    public string Scope => Stale is null ? "All" : "Stale";

    /// <summary>How many keys of a kind go.</summary>
    public long CountOf(CacheKeyKind kind) =>
        Doomed.LongCount(key => key.Key.Kind == kind) + (Stale ?? []).LongCount(stale => stale.Entry.Key.Key.Kind == kind);

    /// <summary>The plan in words: counts by kind, and examples without a user's text.</summary>
    public string Describe(CacheEndpoint cache)
    {
        var kinds = string.Join(", ", Counts.Keys.Select(kind => (Kind: kind, Count: CountOf(kind))).Where(pair => pair.Count > 0)
            .Select(pair => $"{pair.Count} {pair.Kind}"));
        IEnumerable<string> shown = Stale is null
            ? Doomed.Where(key => key.Key.Names is not null).Take(Examples).Select(key => key.ToString())
            : Stale.Take(Examples).Select(stale => $"{stale.Entry} {stale.Verdict.Reason}");
        var examples = string.Join("; ", shown);
        var what = Stale is null ? "of Letta's keys" : "stale key(s) of Letta's";
        return $"Remove {Count} {what} from Redis at {cache}: {kinds}{(examples.Length > 0 ? $"; e.g. {examples}" : string.Empty)}. Keys of others left alone: {Others}";
    }
}
