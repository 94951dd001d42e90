namespace LettaDr;

/// <summary>Reads from journals how long components took to be recovered.</summary>
internal static class RecoveryRuns
{
    /// <summary>Kinds of the journals that tell of recoveries.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [SystemRestore.Kind, "Restore", "RestoreTest", "RestoreCache"];

    private static readonly (RecoveryComponent Component, RestoreStepKind[] Decisive)[] Parts =
    [
        (RecoveryComponent.Database, [RestoreStepKind.RestoreDatabase]),
        (RecoveryComponent.Server, [RestoreStepKind.StartServer]),
        (RecoveryComponent.Cache, [RestoreStepKind.RestoreCache, RestoreStepKind.ReconcileCache]),
    ];

    // A system counts as restored where its data are, its services run, and somebody has asked them.
    private static readonly RestoreStepKind[] Whole = [RestoreStepKind.RestoreDatabase, RestoreStepKind.StartServer, RestoreStepKind.TestConnectivity];

    /// <summary>All attempts, in no particular order.</summary>
    public static IReadOnlyList<RecoveryRun> Of(IReadOnlyList<OperationJournal> journals)
    {
        var systems = journals.Where(journal => journal.Kind == SystemRestore.Kind).ToList();
        var within = systems.Select(journal => journal.Id).ToHashSet(StringComparer.Ordinal);

        // The parts of a system's restore have journals of their own under its id; they are the same work.
        var alone = journals
            .Where(journal => journal.Kind != SystemRestore.Kind && Kinds.Contains(journal.Kind) && !within.Contains(journal.Id)).Select(Alone);
        return [.. systems.SelectMany(OfSystem), .. alone];
    }

    private static RecoveryRun Alone(OperationJournal journal) => new(
        journal.Kind == "RestoreCache" ? RecoveryComponent.Cache : RecoveryComponent.Database, journal, Ended(journal),
        (journal.EndedAt ?? journal.StartedAt) - journal.StartedAt, Problem(journal));

    private static IEnumerable<RecoveryRun> OfSystem(OperationJournal journal)
    {
        foreach (var (component, decisive) in Parts)
        {
            var steps = journal.Steps.Where(step => decisive.Any(kind => kind.ToString() == step.Name)).ToList();
            if (!steps.Exists(step => step.Name == decisive[0].ToString()))
            {
                // A cache that was only reconciled had been started empty: nothing was restored.
                continue;
            }

            var missed = steps.Find(step => step.Outcome != Outcome.Passed);
            var stopped = missed is { Outcome: null } || missed?.Detail == OperationRecorder.Stopped;
            var last = missed ?? steps.MaxBy(step => step.StartedAt)!;
            yield return new RecoveryRun(
                component, journal, stopped ? null : last.StartedAt + last.Duration.GetValueOrDefault(),
                RecoveryTimes.Of(component, journal.Steps), missed is null ? null : missed.Detail ?? "It did not end.");
        }

        if (journal.Outcome != Outcome.Passed || Array.TrueForAll(Whole, kind => journal.Steps.Any(step => step.Name == kind.ToString())))
        {
            yield return new RecoveryRun(
                RecoveryComponent.System, journal, Ended(journal), RecoveryTimes.Whole(journal, journal.EndedAt ?? journal.StartedAt), Problem(journal));
        }
    }

    private static DateTimeOffset? Ended(OperationJournal journal) => journal.Message == OperationRecorder.Stopped ? null : journal.EndedAt;

    private static string? Problem(OperationJournal journal) => journal.Outcome == Outcome.Passed ? null : journal.Message ?? "It did not end.";
}
