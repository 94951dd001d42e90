namespace LettaDr.Systems;

/// <summary>Gathers what the schedule of recovery tests is worked out from.</summary>
/// <param name="repository">Keeps sets, their proofs and journals; null when there is none.</param>
/// <param name="journals">This user's own journals.</param>
/// <param name="history">The results of recovery tests.</param>
internal sealed class DrTestSurvey(IBackupRepository? repository, IJournalStore journals, DrTestHistory history)
{
    private readonly Lazy<IReadOnlyList<DrTestResult>> _results = new(() => history.Read(null));
    private readonly Lazy<IReadOnlyList<Backup>> _sets = new(() => repository?.List(null, includeIncomplete: false) ?? []);

    /// <summary>The deployments that sets or evidence tell of, by name.</summary>
    public IReadOnlyList<string> Deployments() =>
        [.. _results.Value.Where(result => result.IsEvidence).Select(result => result.Deployment)
            .Concat(_sets.Value.Select(set => set.Deployment)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>One deployment's schedule.</summary>
    public IReadOnlyList<DrTestScheduleEntry> Schedule(string deployment, DrTestFrequencies frequencies, DateTimeOffset now)
    {
        IEnumerable<IJournalStore> stores = repository is null ? [journals] : [journals, repository.Journals(deployment)];
        var validations = BackupValidation.Of(
            deployment, [.. _sets.Value.Where(set => set.Deployment == deployment)],
            [.. stores.SelectMany(store => store.Find("RestoreTest", deployment)).DistinctBy(journal => journal.Id)]);
        return DrTestSchedule.Of(deployment, _results.Value, validations, frequencies, now);
    }
}
