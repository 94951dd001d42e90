namespace LettaDr.Systems;

/// <summary>Plans a recovery from a repository: its physical sets, and the log that was received into it.</summary>
internal static class RecoveryPlanning
{
    /// <exception cref="LettaDrException">The moment cannot be recovered; the sentence tells what can.</exception>
    public static RecoveryPlan Plan(
        IBackupRepository repository, string deployment, RecoveryTarget target, uint? timeline, CancellationToken cancellationToken) =>
        Open(repository, deployment).Plan(target, timeline, cancellationToken);

    /// <summary>From when to when the newest cluster can be recovered.</summary>
    /// <exception cref="LettaDrException">It cannot be recovered at all.</exception>
    public static RecoverableWindow Window(IBackupRepository repository, string deployment, CancellationToken cancellationToken) =>
        Open(repository, deployment).Window(null, cancellationToken);

    /// <summary>The newest set's cluster counts: one that was made anew after a loss has no set, and may have an archive already.</summary>
    private static RecoveryPlanner Open(IBackupRepository repository, string deployment)
    {
        var sets = repository.List(deployment, includeIncomplete: false);
        var newest = sets.Where(set => set is { State: BackupState.Complete, Manifest.Cluster: not null }).MaxBy(set => set.SnapshotTime);
        var archive = newest is null ? null : DirectoryWalArchive.Open(repository, deployment, newest.Manifest!.Cluster!.SystemIdentifier);
        return new RecoveryPlanner(new SetBases(repository, sets, archive));
    }
}
