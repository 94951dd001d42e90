using System.Globalization;

namespace LettaDr;

/// <summary>Decides which keys of Letta's contradict its database.</summary>
internal static class CacheJudge
{
    /// <summary>Why the key is stale; null when nothing speaks against it.</summary>
    public static CacheVerdict? Judge(CacheEntry entry, CacheSubjects subjects)
    {
        if (entry.Key.Names is { } named && !subjects.Has(named))
        {
            return Gone(named);
        }

        if (CacheKeyRule.Of(entry.Key.Kind).IsLock)
        {
            return JudgeLock(entry);
        }

        return entry.Key.Kind switch
        {
            CacheKeyKind.RunToCancel => JudgeRunToCancel(entry, subjects),
            CacheKeyKind.RequestRun when entry.RunInValue is { } run => JudgeMemory(entry, run, subjects),
            CacheKeyKind.RunStream => JudgeMemory(entry, entry.Key.Names!, subjects),
            _ => null,
        };
    }

    private static CacheVerdict? JudgeLock(CacheEntry entry)
    {
        var longest = CacheKeyRule.Of(entry.Key.Kind).LongestLife!.Value;
        return entry.TimeToLive switch
        {
            null => new(CacheStaleness.AbandonedLock, "is a lock that never expires"),
            { } left when left > longest => new(
                CacheStaleness.AbandonedLock,
                string.Create(CultureInfo.InvariantCulture, $"is a lock for {left.TotalSeconds:0} s more, where Letta locks for {longest.TotalSeconds:0} s")),
            _ => null,
        };
    }

    private static CacheVerdict? JudgeRunToCancel(CacheEntry entry, CacheSubjects subjects)
    {
        if (entry.RunInValue is not { } run)
        {
            return new(CacheStaleness.Gone, "names no run");
        }

        return !subjects.Has(run) ? Gone(run) : subjects.IsFinished(run) ? new(CacheStaleness.Finished, $"names {run}, which is over") : null;
    }

    /// <summary>What is remembered of a run stays right when the run is over, as long as it will be forgotten one day.</summary>
    private static CacheVerdict? JudgeMemory(CacheEntry entry, CacheSubject run, CacheSubjects subjects) => subjects switch
    {
        _ when !subjects.Has(run) => Gone(run),
        _ when subjects.IsFinished(run) && entry.TimeToLive is null => new(CacheStaleness.Finished, $"never expires, though {run} is over"),
        _ => null,
    };

    private static CacheVerdict Gone(CacheSubject subject) => new(CacheStaleness.Gone, $"names {subject}, which the database does not have");
}
