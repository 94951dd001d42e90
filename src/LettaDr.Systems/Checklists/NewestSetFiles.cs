namespace LettaDr.Systems;

/// <summary>Looks at the files of the newest sets, as many as bring everything back.</summary>
internal static class NewestSetFiles
{
    private static readonly BackupParts[] Wanted = [BackupParts.Database, BackupParts.Cluster, BackupParts.PgBackRest, BackupParts.Cache, BackupParts.Configuration];

    /// <summary>What is wrong, a sentence each, and what was looked at.</summary>
    /// <param name="recovery">The sets.</param>
    /// <param name="repository">Their repository.</param>
    /// <param name="deep">Whether every byte is read; else names and sizes are compared.</param>
    /// <param name="observer">Is told how far it is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static (IReadOnlyList<string> Problems, string Seen) Look(
        RecoveryEvidence recovery, IBackupRepository repository, bool deep, IOperationObserver observer, CancellationToken cancellationToken)
    {
        var sets = Wanted.Select(recovery.Newest).OfType<Backup>().DistinctBy(set => set.Id).ToList();
        var problems = new List<string>();
        if (!sets.Exists(set => (set.Parts & RecoveryEvidence.AnyDatabase) != 0))
        {
            problems.Add("There is no set that brings the database back.");
        }

        // A set that is newer than all others, and damaged, is the one that somebody would have reached for.
        var newest = recovery.Sets.Where(set => set.State != BackupState.Incomplete).MaxBy(set => set.SnapshotTime);
        if (newest is { State: BackupState.Damaged } or { LastProof.Outcome: Outcome.Failed })
        {
            problems.Add($"The newest set {newest.Id} is damaged: {newest.Problem ?? newest.LastProof!.Evidence}");
        }

        foreach (var set in sets)
        {
            problems.AddRange(deep
                ? new BackupVerification(repository, observer).Check(set, cancellationToken).Where(check => check.Outcome == Outcome.Failed).Select(check => $"Set {set.Id}: {check.Evidence}")
                : Differences(set, repository));
        }

        var what = deep ? "every byte read, as in the manifest" : "every file there with its size";
        return (problems, sets.Count == 1 ? $"Set {sets[0].Id}: {what}." : $"Sets {string.Join(", ", sets.Select(set => set.Id))}: {what}.");
    }

    private static IEnumerable<string> Differences(Backup set, IBackupRepository repository)
    {
        var sizes = repository.SizesOf(set);
        foreach (var file in set.Manifest!.Files)
        {
            if (!sizes.TryGetValue(file.Name, out var size))
            {
                yield return $"Set {set.Id} lacks its file {file.Name}.";
            }
            else if (size != file.Size)
            {
                yield return $"The file {file.Name} of set {set.Id} has {size} bytes, and should have {file.Size}.";
            }
        }
    }
}
