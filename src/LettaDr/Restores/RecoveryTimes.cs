namespace LettaDr;

/// <summary>Adds the steps of a system's restore up to the components that have objectives.</summary>
internal static class RecoveryTimes
{
    private static readonly (string Component, TimeSpan Objective, RestoreStepKind[] Steps)[] Components =
    [
        ("Database", TimeSpan.FromHours(2), [RestoreStepKind.StartInfrastructure, RestoreStepKind.RestoreDatabase]),
        ("Server", TimeSpan.FromMinutes(30),
            [RestoreStepKind.RestoreConfiguration, RestoreStepKind.LoadImages, RestoreStepKind.RestoreMemory, RestoreStepKind.StartServer]),
        ("Cache", TimeSpan.FromMinutes(15), [RestoreStepKind.RestoreCache, RestoreStepKind.ReconcileCache]),
    ];

    private static readonly TimeSpan SystemObjective = TimeSpan.FromHours(4);

    /// <summary>One entry for each component that had a step, and one for the whole.</summary>
    public static IReadOnlyList<RecoveryTime> Of(IReadOnlyList<JournalStep> steps, TimeSpan whole)
    {
        var times = new List<RecoveryTime>();
        foreach (var (component, objective, kinds) in Components)
        {
            var own = steps.Where(step => kinds.Any(kind => kind.ToString() == step.Name)).ToList();
            if (own.Count > 0)
            {
                times.Add(new RecoveryTime(component, objective, TimeSpan.FromTicks(own.Sum(step => step.Duration.GetValueOrDefault().Ticks))));
            }
        }

        return [.. times, new RecoveryTime("System", SystemObjective, whole)];
    }
}
