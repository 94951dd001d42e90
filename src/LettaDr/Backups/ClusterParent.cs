namespace LettaDr;

/// <summary>Chooses the set that an incremental copy builds on.</summary>
internal static class ClusterParent
{
    /// <summary>The file of a set that an incremental copy is made by.</summary>
    public static BackupFile ManifestFileOf(Backup parent) => parent.Manifest!.Files.Single(file => file.Name == ClusterPart.ManifestFileName);

    /// <summary>The one asked for, else the newest physical set of the cluster.</summary>
    /// <exception cref="LettaDrException">There is none, or it is of another cluster or timeline, or does not stand on a full copy.</exception>
    public static Backup Choose(IBackupRepository repository, BackupRequest request, ClusterState state)
    {
        var sets = repository.List(request.Deployment.Name, includeIncomplete: false)
            .Where(backup => backup is { State: BackupState.Complete, Manifest.Cluster: not null }).ToList();
        var parent = request.Parent ?? sets.Where(set => set.Manifest!.Cluster!.SystemIdentifier == state.SystemIdentifier).MaxBy(set => set.SnapshotTime);
        if (parent is null)
        {
            throw Refused(
                "BaseBackupNotFound", FaultKind.NotFound,
                $"The repository {repository.Location} holds no physical set of cluster {state.SystemIdentifier} that an incremental one could build on.",
                request.Deployment.Name);
        }

        if (parent.Manifest?.Cluster is not { } part)
        {
            throw Refused("ParentNotPhysical", FaultKind.InvalidArgument, $"The set {parent.Id} holds no physical copy: {parent.Problem ?? $"its parts are {parent.Parts}"}.", parent.Id);
        }

        if (part.SystemIdentifier != state.SystemIdentifier)
        {
            throw Refused(
                "ParentOfOtherCluster", FaultKind.Incompatible, $"The set {parent.Id} is of cluster {part.SystemIdentifier}, and this server is cluster {state.SystemIdentifier}.", parent.Id);
        }

        if (part.Timeline != state.Timeline)
        {
            throw Refused(
                "ParentOfOtherTimeline", FaultKind.Incompatible,
                $"The set {parent.Id} is of timeline {part.Timeline}, and the server is on timeline {state.Timeline} since it was restored or promoted.", parent.Id);
        }

        if (!sets.Exists(set => set.Id == parent.Id))
        {
            throw Refused(
                "ParentElsewhere", FaultKind.InvalidArgument,
                $"The set {parent.Id} is no set of {request.Deployment.Name} in {repository.Location}, where the new one would need it.", parent.Id);
        }

        if (ClusterChain.Of(parent, sets).Missing is { } missing)
        {
            throw Refused("BackupChainBroken", FaultKind.NotFound, $"The set {parent.Id} builds on the set {missing}, which is not in {repository.Location}.", parent.Id);
        }

        return parent;
    }

    private static LettaDrException Refused(string id, FaultKind kind, string message, string target) =>
        new(id, kind, message, "Make a full one first: Backup-LettaDatabase -Type Base.", target);
}
