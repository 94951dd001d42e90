namespace LettaDr;

/// <summary>Adds the steps of a system's restore up to the components that have objectives.</summary>
internal static class RecoveryTimes
{
    private static readonly (RecoveryComponent Component, RestoreStepKind[] Steps)[] Components =
    [
        (RecoveryComponent.Database, [RestoreStepKind.StartInfrastructure, RestoreStepKind.RestoreDatabase]),
        (RecoveryComponent.Server,
            [RestoreStepKind.RestoreConfiguration, RestoreStepKind.LoadImages, RestoreStepKind.RestoreMemory, RestoreStepKind.StartServer]),
        (RecoveryComponent.Cache, [RestoreStepKind.RestoreCache, RestoreStepKind.ReconcileCache]),
    ];

    /// <summary>One entry for each component that had a step, and one for the whole, against the objectives of the guide.</summary>
    public static IReadOnlyList<RecoveryTime> Of(IReadOnlyList<JournalStep> steps, TimeSpan whole)
    {
        var targets = new RecoveryTargets();
        return
        [
            .. Components.Where(part => steps.Any(step => IsOf(part.Steps, step))).Select(part => Entry(part.Component, Of(part.Component, steps))),
            Entry(RecoveryComponent.System, whole),
        ];

        RecoveryTime Entry(RecoveryComponent component, TimeSpan actual) =>
            new(component.ToString(), targets.Of(component, RecoveryObjectiveKind.RTO), actual);
    }

    /// <summary>What a component's steps took together.</summary>
    public static TimeSpan Of(RecoveryComponent component, IReadOnlyList<JournalStep> steps)
    {
        var own = Components.Single(part => part.Component == component).Steps;
        return TimeSpan.FromTicks(steps.Where(step => IsOf(own, step)).Sum(step => step.Duration.GetValueOrDefault().Ticks));
    }

    /// <summary>What the whole took, from its first step on, be that one of an earlier run that this one resumed.</summary>
    public static TimeSpan Whole(OperationJournal journal, DateTimeOffset endedAt) =>
        endedAt - journal.Steps.Select(step => step.StartedAt).Append(journal.StartedAt).Min();

    private static bool IsOf(RestoreStepKind[] kinds, JournalStep step) => Array.Exists(kinds, kind => kind.ToString() == step.Name);
}
