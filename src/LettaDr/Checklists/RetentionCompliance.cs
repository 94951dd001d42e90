using System.Globalization;

namespace LettaDr;

/// <summary>
/// Whether the sets that bring the database back are those that a policy wants: none missing among its generations, as far back as there are sets,
/// and none that it has dropped left over.
/// </summary>
internal static class RetentionCompliance
{
    // Timers are late, and a backup takes its time: half a period more is no missing generation.
    private const double Tolerance = 1.5;

    // Retention runs daily; what it will remove tonight is no breach of the policy yet.
    private static readonly TimeSpan Grace = TimeSpan.FromHours(36);

    /// <summary>What is wrong, a sentence each; none when all is as the policy wants.</summary>
    public static IReadOnlyList<string> Problems(IReadOnlyList<Backup> sets, RetentionPolicy policy, DateTimeOffset now)
    {
        var moments = sets.Where(set => set.State == BackupState.Complete && (set.Parts & RecoveryEvidence.AnyDatabase) != 0)
            .Select(set => set.SnapshotTime).OrderDescending().ToList();
        if (moments.Count == 0)
        {
            return ["There is no set of the database."];
        }

        var problems = new List<string>();
        foreach (var (tier, period, count) in new[]
        {
            ("hourly", TimeSpan.FromHours(1), policy.Hourly), ("daily", TimeSpan.FromDays(1), policy.Daily),
            ("weekly", TimeSpan.FromDays(7), policy.Weekly), ("monthly", TimeSpan.FromDays(31), policy.Monthly),
        })
        {
            if (Gap(moments, now, period, count) is var (from, to))
            {
                problems.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Of the {tier} sets of the last {count}, some are missing: there is none between {from:u} and {(to == now ? "now" : to.ToString("u", CultureInfo.InvariantCulture))}."));
            }
        }

        var over = RetentionPlanner.Decide(sets, policy).Where(decision => !decision.Keep && now - decision.Backup.SnapshotTime > Grace).ToList();
        if (over.Count > 0)
        {
            problems.Add($"{over.Count} set(s) are left that the policy does not keep, the oldest {over.MinBy(decision => decision.Backup.SnapshotTime)!.Backup.Id}.");
        }

        return problems;
    }

    /// <summary>The widest gap within a tier's reach that a set of it should lie in; null when there is none. What was before the first set is no gap.</summary>
    private static (DateTimeOffset From, DateTimeOffset To)? Gap(List<DateTimeOffset> moments, DateTimeOffset now, TimeSpan period, int count)
    {
        var reach = now - (period * count);
        var (worst, later) = (default((DateTimeOffset From, DateTimeOffset To)?), now);
        foreach (var moment in count == 0 ? [] : moments)
        {
            var from = moment < reach ? reach : moment;
            if (later - from > period * Tolerance && (worst is null || later - from > worst.Value.To - worst.Value.From))
            {
                worst = (moment, later);
            }

            if (moment <= reach)
            {
                break;
            }

            later = moment;
        }

        return worst;
    }
}
