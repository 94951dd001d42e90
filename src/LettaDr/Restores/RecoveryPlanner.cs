namespace LettaDr;

/// <summary>Chooses the copy and the log that lead to a moment, and refuses what they do not lead to with what they do.</summary>
internal sealed class RecoveryPlanner(IBackupRepository repository, IReadOnlyList<Backup> sets, IWalArchive? archive)
{
    private const string NothingReplaced = "Nothing was replaced.";

    /// <param name="target">The moment.</param>
    /// <param name="timeline">The timeline to follow; null for the newest.</param>
    /// <param name="cancellationToken">Ends the reading of the log.</param>
    /// <exception cref="LettaDrException">The moment lies outside of what can be recovered, or the log up to it is damaged.</exception>
    public RecoveryPlan Plan(RecoveryTarget target, uint? timeline, CancellationToken cancellationToken)
    {
        var bases = Usable(timeline);
        var walks = new List<RecoveryWalk>();
        foreach (var candidate in bases)
        {
            var walk = RecoveryWalk.Take(candidate.Log, candidate.History, candidate.Backup, target, cancellationToken);
            walks.Add(walk);
            if (walk.Reached is not null)
            {
                return PlanOf(candidate, walk, target, Window(bases, candidate, walk));
            }

            if (!walk.IsBefore)
            {
                // An older copy would need the same log, and more.
                break;
            }
        }

        throw Refusal(target, walks[^1], walks[^1].IsBefore ? WindowOf(bases, cancellationToken) : Window(bases, bases[walks.Count - 1], walks[^1]));
    }

    /// <summary>From when to when the cluster can be recovered.</summary>
    /// <exception cref="LettaDrException">It cannot be recovered at all.</exception>
    public RecoverableWindow Window(uint? timeline, CancellationToken cancellationToken) =>
        WindowOf(Usable(timeline), cancellationToken);

    /// <summary>The copies that lie on the way to a timeline, the newest first.</summary>
    private List<Candidate> Usable(uint? timeline)
    {
        var physical = sets.Where(set => set is { State: BackupState.Complete, Manifest.Cluster: not null }).ToList();
        if (physical.Count == 0)
        {
            throw new LettaDrException(
                "BaseBackupMissing", FaultKind.NotFound, $"The repository {repository.Location} holds no physical copy of the cluster to recover from.",
                "Make one with Backup-LettaDatabase -Type Base; until then, Restore-LettaDatabase restores a logical set.", repository.Location);
        }

        var system = archive?.SystemIdentifier ?? physical.MaxBy(set => set.Manifest!.Cluster!.SnapshotTime)!.Manifest!.Cluster!.SystemIdentifier;
        var usable = new List<Candidate>();
        foreach (var set in physical.Where(set => set.Manifest!.Cluster!.SystemIdentifier == system))
        {
            var part = set.Manifest!.Cluster!;
            var log = new SetLog(repository, set, archive);
            var history = timeline is { } asked ? WalChain.History(log, asked) : WalChain.Newest(log);
            var chain = ClusterChain.Of(set, sets);
            if (chain.Missing is null && history.TimelineAt(new Lsn(part.EndLsn.Value - 1)) == part.Timeline)
            {
                usable.Add(new Candidate(set, chain.Sets, log, history));
            }
        }

        return usable.Count > 0
            ? [.. usable.OrderByDescending(candidate => candidate.Part.EndLsn).ThenByDescending(candidate => candidate.Part.SnapshotTime)]
            : throw new LettaDrException(
                "BaseBackupMissing", FaultKind.NotFound,
                $"None of the {physical.Count} physical copies in {repository.Location} is of cluster {system}, on the way to {(timeline is { } wanted ? $"timeline {wanted}" : "its newest timeline")}, and complete with those that it builds on.",
                "Name another -Timeline, or make a new base backup.", repository.Location);
    }

    private static RecoveryPlan PlanOf(Candidate candidate, RecoveryWalk walk, RecoveryTarget target, RecoverableWindow window)
    {
        var reached = walk.Reached!;
        var chain = WalChain.From(candidate.Log.Files(), candidate.History, candidate.Part.StartLsn);
        return new RecoveryPlan
        {
            Target = target, Chain = candidate.Chain, Log = candidate.Log, History = candidate.History, Stop = reached.Stop, Inclusive = reached.Inclusive,
            LastCommit = reached.LastCommit, Window = window, CommitsAfter = walk.CommitsAfter, LastCommitAfter = walk.LastCommitAfter,
            // The record at the stop may reach into the next segment, and the server reads it to see that it is there.
            Files = [.. chain.Files.TakeWhile(file => file.Segment.Start <= new Lsn(reached.Stop.Value + (ulong)file.Segment.Size))],
        };
    }

    private static RecoverableWindow WindowOf(List<Candidate> bases, CancellationToken cancellationToken) => Window(
        bases, bases[0], RecoveryWalk.Take(bases[0].Log, bases[0].History, bases[0].Backup, RecoveryTarget.Latest, cancellationToken));

    /// <summary>Goes back from the newest copy as long as the log between two leads from the one to the other.</summary>
    private static RecoverableWindow Window(List<Candidate> bases, Candidate reached, RecoveryWalk walk)
    {
        var oldest = reached;
        foreach (var older in bases.Skip(bases.IndexOf(reached) + 1))
        {
            if (WalChain.From(older.Log.Files(), older.History, older.Part.StartLsn).End < oldest.Part.EndLsn)
            {
                break;
            }

            oldest = older;
        }

        var part = oldest.Part;
        return new RecoverableWindow(
            part.SystemIdentifier, part.SnapshotTime, part.SnapshotLsn, walk.LastCommit ?? reached.Part.SnapshotTime,
            walk.LastCommitEnd ?? reached.Part.SnapshotLsn, reached.History.Timeline, walk.Problem);
    }

    private static LettaDrException Refusal(RecoveryTarget target, RecoveryWalk last, RecoverableWindow window)
    {
        if (last.Problem is { } problem)
        {
            return new LettaDrException(
                "WalBroken", FaultKind.DataCorrupt,
                $"The log does not lead to {target}: {problem.TrimEnd('.')}. What can be recovered is {window}.",
                $"{NothingReplaced} Name a moment in there, or -Latest; or bring the file back from a copy, and run the command again.", target.ToString());
        }

        return target.RestorePoint is { } name
            ? new LettaDrException(
                "RestorePointNotFound", FaultKind.NotFound, $"The log holds no restore point named {name} between {window}.",
                $"{NothingReplaced} Add-LettaRestorePoint tells the moment of each that it makes; name that by -PointInTime.", name)
            : new LettaDrException(
                "OutsideRecoverableWindow", FaultKind.InvalidArgument, $"{target} lies outside of what can be recovered, which is {window}.",
                $"{NothingReplaced} Name a moment in there; -Latest is its end.", target.ToString());
    }

    private sealed record Candidate(Backup Backup, IReadOnlyList<Backup> Chain, IWalArchive Log, TimelineHistory History)
    {
        public ClusterPart Part => Backup.Manifest!.Cluster!;
    }
}
