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
    public static async Task<(IReadOnlyList<string> Problems, string Seen)> LookAsync(
        RecoveryEvidence recovery, IBackupRepository repository, bool deep, IOperationObserver observer, CancellationToken cancellationToken)
    {
        var sets = Of(recovery);
        var problems = new List<string>();
        if (!sets.Any(set => (set.Parts & RecoveryEvidence.AnyDatabase) != 0))
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
            problems.AddRange(await InStanzaAsync(set, deep, observer, cancellationToken).ConfigureAwait(false));
        }

        var what = deep ? "every byte read, as in the manifest" : "every file there with its size";
        var stanza = sets.Any(set => set.Manifest!.PgBackRest is not null)
            ? deep ? ", and what pgBackRest keeps verified by itself" : ", and what pgBackRest keeps listed by it" : string.Empty;
        return (problems, $"{(sets.Count == 1 ? "Set" : "Sets")} {string.Join(", ", sets.Select(set => set.Id))}: {what}{stanza}.");
    }

    /// <summary>The newest sets, as many as bring everything back.</summary>
    public static IReadOnlyList<Backup> Of(RecoveryEvidence recovery) =>
        [.. Wanted.Select(recovery.Newest).OfType<Backup>().DistinctBy(set => set.Id)];

    /// <summary>How a set's files differ from its manifest in name and size, a sentence each.</summary>
    public static IEnumerable<string> Differences(Backup set, IBackupRepository repository)
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

    /// <summary>A set of a backup of pgBackRest holds its proof alone: only pgBackRest can say that it still has the data.</summary>
    private static async Task<IReadOnlyList<string>> InStanzaAsync(
        Backup set, bool deep, IOperationObserver observer, CancellationToken cancellationToken)
    {
        if (set.Manifest!.PgBackRest is not { } part)
        {
            return [];
        }

        try
        {
            if (deep)
            {
                await new PgBackRestVerifying(observer).ProveAsync(set, cancellationToken).ConfigureAwait(false);
                return [];
            }

            using var place = await PgBackRestPlace.OpenAsync(part, cancellationToken).ConfigureAwait(false);
            var program = new PgBackRestProgram(place.Host);
            var stanza = await program.FindStanzaAsync(part.Stanza, null, cancellationToken).ConfigureAwait(false);
            return [.. PgBackRestCatalog.Problems(stanza, part).Select(problem => $"Set {set.Id}: {problem}")];
        }
        catch (LettaDrException fault)
        {
            return [$"Set {set.Id}: {fault.Message}"];
        }
    }
}
