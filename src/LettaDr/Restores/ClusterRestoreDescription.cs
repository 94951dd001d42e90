using System.Globalization;

namespace LettaDr;

/// <summary>Tells in words what a recovery would do and what would be lost by it.</summary>
internal static class ClusterRestoreDescription
{
    /// <summary>The plan, a line a step, for -WhatIf.</summary>
    public static string Plan(ClusterRestoreRequest request, ClusterProfile target, LossWindow loss)
    {
        var plan = request.Plan;
        List<string> lines =
        [
            $"Recover the cluster of {request.Deployment.Name} to {plan.Target} in container {target.Container}:",
            $"  1. {Laying(plan)} ({ByteSize.Format(plan.Part.Bytes)}) beside the files on {target.Volume}",
            plan.PassesSnapshot
                ? $"  2. recover it to {plan.Part.SnapshotLsn} in a throw-away server, and compare every row of {plan.Part.Tables} tables; a difference ends it here"
                : $"  2. {(plan.IsProvable ? "the fingerprints of the copy lie after the moment" : "LettaDr has no fingerprints of this copy")}: every table is read to its end instead",
            $"  3. replay {plan.Files.Count} segments of log on timeline {plan.History.Timeline} to {plan.Stop}{(plan.LastCommit is { } last ? $", the last commit being of {Words(last)}" : string.Empty)}, and pause there",
            $"  4. tell what lies after it: {Words(loss)}",
            "  5. promote it to a timeline of its own, and shut it down in order",
            target.IsRunning
                ? $"  6. stop container {target.Container}{(target.Sessions.Count > 0 ? $", ending {target.Sessions.Count} session(s)" : string.Empty)}, set its files aside in {target.Directory}, put the recovered ones in their place, and start it"
                : $"  6. set the files aside in {target.Directory}, put the recovered ones in their place, and start container {target.Container}, which does not run now",
            request.DiscardPrevious ? "  7. remove the previous cluster" : "  7. keep the previous cluster, for Undo-LettaRestore",
            $"  What can be recovered: {plan.Window}",
        ];
        if (plan.Backup.Manifest!.PgBackRest is { } kept)
        {
            lines.Insert(lines.Count - 1, $"  8. pgbackrest check: see that the server archives to stanza {kept.Stanza} again");
        }

        if (target.Databases.Where(name => name != plan.Part.Database).ToList() is { Count: > 0 } others)
        {
            lines.Add($"  The cluster's other databases go back to that moment too: {string.Join(", ", others)}");
        }

        return string.Join(Environment.NewLine, lines);
    }

    /// <summary>What -Confirm asks: it states the loss.</summary>
    public static string Question(ClusterRestoreRequest request, ClusterProfile target, LossWindow loss)
    {
        var kept = request.DiscardPrevious ? "and is removed" : "but is kept aside";
        return $"The whole PostgreSQL cluster in container {target.Container} goes back to {request.Plan.Target}. What came after is no longer live, {kept}: {Words(loss)}. Recover it?";
    }

    private static string Laying(RecoveryPlan plan) => plan.Backup.Manifest!.PgBackRest is { } part
        ? $"have pgBackRest lay out {part}"
        : $"lay out {string.Join(" and ", plan.Chain.Select(set => set.Id))}";

    private static string Words(LossWindow loss) => loss switch
    {
        { Commits: 0, Tables.Count: 0, To: null } => "nothing that was received",
        _ => string.Create(CultureInfo.InvariantCulture, $"{loss.Commits} transactions received until {(loss.To is { } to ? Words(to) : "then")}")
            + (loss.Tables.Count > 0 ? $" ({loss})" : string.Empty),
    };

    private static string Words(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
}
