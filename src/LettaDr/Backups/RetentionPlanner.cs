using System.Globalization;

namespace LettaDr;

/// <summary>Decides which sets of one deployment are kept.</summary>
internal static class RetentionPlanner
{
    /// <summary>One decision a set, the newest first. Sets that are not complete are not retention's business and not decided on.</summary>
    public static IReadOnlyList<RetentionDecision> Decide(IEnumerable<Backup> backups, RetentionPolicy policy)
    {
        var sets = backups.Where(backup => backup.State == BackupState.Complete)
            .OrderByDescending(backup => backup.SnapshotTime).ThenByDescending(backup => backup.Id, StringComparer.Ordinal).ToList();
        var reasons = sets.ToDictionary(backup => backup.Id, _ => new List<string>(), StringComparer.Ordinal);

        Keep("hourly", policy.Hourly, time => time.ToString("yyyy-MM-dd HH:00", CultureInfo.InvariantCulture));
        Keep("daily", policy.Daily, time => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Keep("weekly", policy.Weekly, time => string.Create(
            CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(time)}-W{ISOWeek.GetWeekOfYear(time):00}"));
        Keep("monthly", policy.Monthly, time => time.ToString("yyyy-MM", CultureInfo.InvariantCulture));
        if (sets.Count > 0)
        {
            reasons[sets[0].Id].Add("newest");
        }

        if (sets.Find(backup => backup.ProvenAt is not null) is { } proven)
        {
            reasons[proven.Id].Add("last proven");
        }

        return [.. sets.Select(backup => new RetentionDecision { Backup = backup, Reasons = reasons[backup.Id] })];

        void Keep(string tier, int count, Func<DateTime, string> period)
        {
            foreach (var newest in sets.GroupBy(backup => period(backup.SnapshotTime.UtcDateTime)).Take(count))
            {
                reasons[newest.First().Id].Add($"{tier} {newest.Key}");
            }
        }
    }
}
