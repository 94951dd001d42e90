namespace LettaDr;

/// <summary>The physical sets of a repository, and the log that was received into it.</summary>
internal sealed class SetBases(IBackupRepository repository, IReadOnlyList<Backup> sets, IWalArchive? archive) : IRecoveryBases
{
    /// <inheritdoc/>
    public string? LaterLog => null;

    /// <inheritdoc/>
    public IReadOnlyList<RecoveryBase> Find(uint? timeline, CancellationToken cancellationToken)
    {
        var physical = sets.Where(set => set is { State: BackupState.Complete, Manifest.Cluster: not null }).ToList();
        if (physical.Count == 0)
        {
            throw new LettaDrException(
                "BaseBackupMissing", FaultKind.NotFound, $"The repository {repository.Location} holds no physical copy of the cluster to recover from.",
                "Make one with Backup-LettaDatabase -Type Base; until then, Restore-LettaDatabase restores a logical set.", repository.Location);
        }

        var system = archive?.SystemIdentifier ?? physical.MaxBy(set => set.Manifest!.Cluster!.SnapshotTime)!.Manifest!.Cluster!.SystemIdentifier;
        var candidates = physical.Where(set => set.Manifest!.Cluster!.SystemIdentifier == system)
            .Select(set => (Set: set, Part: set.Manifest!.Cluster!, Own: HistoriesOf(set))).ToList();
        var timelines = new RecoveryTimelines(
            repository.Location, archive, [.. candidates.Select(candidate => candidate.Part)], candidates.SelectMany(candidate => candidate.Own));
        var history = timelines.Choose(timeline, cancellationToken);
        var usable = new List<RecoveryBase>();
        foreach (var (set, part, own) in candidates)
        {
            // A number alone does not tell a timeline: two servers may have begun one each.
            var isOther = own.FirstOrDefault(known => known.Timeline == part.Timeline) is { } come && history.Of(part.Timeline)?.IsSameAs(come) == false;
            var chain = ClusterChain.Of(set, sets);
            if (chain.Missing is null && !isOther && RecoveryBase.IsOnTheWay(part, history))
            {
                usable.Add(new RecoveryBase(set, chain.Sets, part, new SetLog(repository, set, archive), history, timelines));
            }
        }

        return usable.Count > 0 ? usable : throw new LettaDrException(
            "BaseBackupMissing", FaultKind.NotFound,
            $"None of the {physical.Count} physical copies in {repository.Location} is of cluster {system}, on the way to {(timeline is { } wanted ? $"timeline {wanted}" : "its newest timeline")}, and complete with those that it builds on.",
            "Name another -Timeline, or make a new base backup.", repository.Location);
    }

    /// <summary>None of a set whose files are damaged: others may do.</summary>
    private IReadOnlyList<TimelineHistory> HistoriesOf(Backup set)
    {
        try
        {
            return new SetLog(repository, set, null).Histories();
        }
        catch (LettaDrException damaged) when (damaged.Kind is FaultKind.DataCorrupt or FaultKind.NotFound)
        {
            return [];
        }
    }
}
