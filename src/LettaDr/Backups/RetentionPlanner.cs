using System.Globalization;

namespace LettaDr;

/// <summary>
/// Decides which sets of one deployment are kept. Each part has its own generations: hourly sets of the cache must not push out
/// the daily ones of the database. What a kept set builds on is kept with it.
/// </summary>
internal static class RetentionPlanner
{
    private static readonly BackupParts[] Parts =
        [BackupParts.Database, BackupParts.Cluster, BackupParts.Cache, BackupParts.Configuration, BackupParts.Memory, BackupParts.Images, BackupParts.PgBackRest];

    /// <summary>One decision a set, the newest first. Sets that are not complete are not retention's business and not decided on.</summary>
    public static IReadOnlyList<RetentionDecision> Decide(IEnumerable<Backup> backups, RetentionPolicy policy)
    {
        var sets = backups.Where(backup => backup.State == BackupState.Complete)
            .OrderByDescending(backup => backup.SnapshotTime).ThenByDescending(backup => backup.Id, StringComparer.Ordinal).ToList();
        var reasons = sets.ToDictionary(backup => backup.Id, _ => new List<string>(), StringComparer.Ordinal);

        foreach (var part in Parts)
        {
            var holders = sets.Where(backup => backup.Parts.HasFlag(part)).ToList();
            Keep(part, holders, "hourly", policy.Hourly, time => time.ToString("yyyy-MM-dd HH:00", CultureInfo.InvariantCulture));
            Keep(part, holders, "daily", policy.Daily, time => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            Keep(part, holders, "weekly", policy.Weekly, time => string.Create(
                CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(time)}-W{ISOWeek.GetWeekOfYear(time):00}"));
            Keep(part, holders, "monthly", policy.Monthly, time => time.ToString("yyyy-MM", CultureInfo.InvariantCulture));
            if (holders.Count > 0)
            {
                Add(holders[0], part, "newest");
            }

            if (holders.Find(backup => backup.ProvenAt is not null) is { } proven)
            {
                Add(proven, part, "last proven");
            }
        }

        KeepChains(sets, reasons);
        return [.. sets.Select(backup => new RetentionDecision { Backup = backup, Reasons = reasons[backup.Id] })];

        void Keep(BackupParts part, List<Backup> holders, string tier, int count, Func<DateTime, string> period)
        {
            foreach (var newest in holders.GroupBy(backup => period(backup.SnapshotTime.UtcDateTime)).Take(count))
            {
                Add(newest.First(), part, $"{tier} {newest.Key}");
            }
        }

        void Add(Backup backup, BackupParts part, string reason)
        {
            // A set that is kept for its database need not say the same of its other parts.
            var own = reasons[backup.Id];
            if (!own.Exists(other => other == reason || other.StartsWith(reason + " (", StringComparison.Ordinal)))
            {
                own.Add(part == BackupParts.Database ? reason : $"{reason} ({part})");
            }
        }
    }

    /// <summary>A set without those that it builds on is none. The newest come first, so that a reason goes down the whole chain.</summary>
    private static void KeepChains(List<Backup> sets, Dictionary<string, List<string>> reasons)
    {
        foreach (var kept in sets.Where(backup => reasons[backup.Id].Count > 0).ToList())
        {
            foreach (var below in ClusterChain.Of(kept, sets).Sets.Where(below => below.Id != kept.Id))
            {
                reasons[below.Id].Add($"needed by {kept.Id}");
            }
        }
    }
}
