namespace LettaDr;

/// <summary>Measures all recovery objectives of a deployment: always the same eight, in the order of the guide's tables.</summary>
internal static class RecoveryObjectives
{
    /// <exception cref="LettaDrException">A target is none.</exception>
    public static IReadOnlyList<RecoveryObjective> Measure(RecoveryEvidence evidence, RecoveryTargets targets)
    {
        targets.Check();
        var times = new RecoveryTimeObjectives(evidence, targets);
        var points = new RecoveryPointObjectives(evidence, targets);
        return
        [
            times.Measure(RecoveryComponent.Database), times.Measure(RecoveryComponent.Server), times.Measure(RecoveryComponent.Cache),
            times.Measure(RecoveryComponent.System), points.Measure(RecoveryComponent.Database), points.Measure(RecoveryComponent.MessageQueue),
            points.Measure(RecoveryComponent.Configuration), points.Measure(RecoveryComponent.System),
        ];
    }
}
