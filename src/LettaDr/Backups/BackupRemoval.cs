namespace LettaDr;

/// <summary>Removes sets, but never lightly the one that a recovery stands on.</summary>
internal sealed class BackupRemoval(IBackupRepository repository)
{
    /// <exception cref="LettaDrException">It is the last set, or the last one proven restorable; or another one builds on it, whatever the force.</exception>
    public void Check(Backup backup, bool force)
    {
        CheckUnneeded(backup);
        if (force || backup.State == BackupState.Incomplete)
        {
            return;
        }

        var others = repository.List(backup.Deployment, includeIncomplete: false)
            .Where(other => other.Id != backup.Id && other.State == BackupState.Complete).ToList();
        var held = others.Aggregate(BackupParts.None, (parts, other) => parts | other.Parts);
        if (backup.State == BackupState.Complete && (backup.Parts & ~held) is var lost && lost != BackupParts.None)
        {
            throw Refused(backup, "BackupIsLast", $"the only one with the part {lost}", "Make another backup first, or say -Force.");
        }

        var proven = others.Where(other => other.ProvenAt is not null).Aggregate(BackupParts.None, (parts, other) => parts | other.Parts);
        if (backup.ProvenAt is not null && (backup.Parts & ~proven) is var unproven && unproven != BackupParts.None)
        {
            throw Refused(
                backup, "BackupIsLastProven", $"the only one proven restorable with the part {unproven}", "Prove another with Test-LettaBackup -Level Restore first, or say -Force.");
        }
    }

    /// <summary>Removes it under the deployment's lock, so that none is removed that is being written.</summary>
    public void Remove(Backup backup, bool force)
    {
        using var guard = repository.Lock(backup.Deployment, "Removal of a set");
        Check(backup, force);
        repository.Remove(backup);
    }

    /// <summary>To remove it would be to lose the others too, and nobody asked for that.</summary>
    private void CheckUnneeded(Backup backup)
    {
        var all = repository.List(backup.Deployment, includeIncomplete: false);
        var above = all.Where(other => other.Id != backup.Id && ClusterChain.Of(other, all).Sets.Any(below => below.Id == backup.Id))
            .OrderByDescending(other => other.SnapshotTime).Select(other => other.Id).ToList();
        if (above.Count > 0)
        {
            throw new LettaDrException(
                "BackupIsNeeded", FaultKind.Busy, $"The set {backup.Id} is not removed: {string.Join(", ", above)} build(s) on it and could not be restored without it.",
                "Remove those first, the newest first.", backup.Id);
        }
    }

    private static LettaDrException Refused(Backup backup, string id, string what, string remedy) => new(
        id, FaultKind.Busy, $"The set {backup.Id} is {what} of {backup.Deployment} in {backup.Repository}, and is not removed.", remedy, backup.Id);
}
