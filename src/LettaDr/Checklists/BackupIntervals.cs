namespace LettaDr;

/// <summary>Tells how much would have been lost at the worst moment of the past days: just before a set was complete, what was written since the moment of the one before.</summary>
internal static class BackupIntervals
{
    /// <summary>How far it is looked back.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(7);

    // What a set held that is not there any more shows by the stages of its making.
    private static readonly (BackupParts Part, string Name)[] Stages =
    [
        (BackupParts.Database, DatabaseBackup.SnapshotStage), (BackupParts.Cluster, ClusterBackup.SnapshotStage), (BackupParts.Configuration, ConfigurationPart.Stage),
    ];

    /// <summary>The longest interval with the making of the set that ended it; null where there were not two.</summary>
    /// <param name="evidence">Sets and journals: retention removes sets, and leaves the journals of their making.</param>
    /// <param name="parts">The parts of which each set is to hold at least one.</param>
    /// <param name="all">Whether it is to hold all of them.</param>
    public static TimeSpan? Longest(RecoveryEvidence evidence, BackupParts parts, bool all)
    {
        var made = new SortedDictionary<string, (DateTimeOffset Moment, DateTimeOffset Completed)>(StringComparer.Ordinal);
        foreach (var journal in evidence.Journals.Where(journal => journal is { Kind: "Backup", Outcome: Outcome.Passed, EndedAt: not null, BackupId: not null }))
        {
            var moments = Stages.Where(stage => (stage.Part & parts) != 0)
                .SelectMany(stage => journal.Steps.Where(step => step.Name == stage.Name).Select(step => (stage.Part, step.StartedAt))).ToList();
            if (Holds(moments.Aggregate(BackupParts.None, (held, moment) => held | moment.Part), parts, all))
            {
                made[journal.BackupId!] = (moments.Min(moment => moment.StartedAt), journal.EndedAt!.Value);
            }
        }

        foreach (var set in evidence.Sets)
        {
            // One that is damaged, or failed its test, would not have been restored either.
            if (set is { State: BackupState.Complete, Manifest: { } manifest } && set.LastProof?.Outcome != Outcome.Failed && Holds(set.Parts, parts, all))
            {
                made[set.Id] = (set.SnapshotTime, manifest.CompletedAt);
            }
            else
            {
                made.Remove(set.Id);
            }
        }

        var ordered = made.Values.OrderBy(set => set.Moment).ToList();
        return ordered.Zip(ordered.Skip(1)).Where(pair => pair.Second.Completed > evidence.Now - Window)
            .Select(pair => (TimeSpan?)(pair.Second.Completed - pair.First.Moment)).Max();
    }

    private static bool Holds(BackupParts held, BackupParts wanted, bool all) => all ? held.HasFlag(wanted) : (held & wanted) != 0;
}
