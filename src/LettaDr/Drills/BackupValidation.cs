namespace LettaDr;

/// <summary>That a set was restored to see whether it restores.</summary>
/// <param name="EndedAt">When that ended.</param>
/// <param name="Outcome">Whether it did.</param>
internal sealed record BackupValidation(DateTimeOffset EndedAt, Outcome Outcome)
{
    /// <summary>The validations of a deployment's sets: those that the sets remember, and those that only journals tell of.</summary>
    public static IReadOnlyList<BackupValidation> Of(string deployment, IReadOnlyList<Backup> sets, IReadOnlyList<OperationJournal> restoreTests)
    {
        var ids = sets.Select(set => set.Id).ToHashSet(StringComparer.Ordinal);
        // The set remembers the outcome of all its parts; the journal's is of the database alone, and counts where the set is gone.
        return
        [
            .. sets.Select(set => set.LastProof).OfType<BackupProof>().Select(proof => new BackupValidation(proof.TestedAt, proof.Outcome)),
            .. restoreTests
                .Where(journal => journal is { EndedAt: not null, Outcome: not null } && journal.Message != OperationRecorder.Stopped
                    && journal.Deployment == deployment && (journal.BackupId is null || !ids.Contains(journal.BackupId)))
                .Select(journal => new BackupValidation(journal.EndedAt!.Value, journal.Outcome!.Value)),
        ];
    }
}
