namespace LettaDr;

/// <summary>Measures the recovery times by the journals of restores and drills that were really made.</summary>
internal sealed class RecoveryTimeObjectives(RecoveryEvidence evidence, RecoveryTargets targets)
{
    private readonly IReadOnlyList<RecoveryRun> _runs = RecoveryRuns.Of(evidence.Journals);

    /// <summary>One component's.</summary>
    public RecoveryObjective Measure(RecoveryComponent component)
    {
        var runs = _runs.Where(run => run.Component == component).OrderByDescending(run => run.EndedAt).ToList();
        var row = new RecoveryObjective
        {
            Deployment = evidence.Deployment, Component = component, Kind = RecoveryObjectiveKind.RTO,
            Target = targets.Of(component, RecoveryObjectiveKind.RTO), Outcome = Outcome.NotRun, Evidence = string.Empty,
        };
        return runs.Find(run => run.Problem is null && run.EndedAt is not null) is { } success
            ? Judge(row, success, runs.Find(run => run.Outdates(success)))
            : NeverSucceeded(row, runs);
    }

    private RecoveryObjective Judge(RecoveryObjective row, RecoveryRun run, RecoveryRun? failure)
    {
        var forecast = RestoreForecast.Of(run, evidence);
        var measured = $"{run.EndedAt:u}: {run.What} of set {run.Journal.BackupId} took {DurationText.InWords(run.Duration)} on {run.Where}.";
        var limit = targets.TestedWithin(row.Component);
        var (outcome, why, remedy) = failure is not null
            ? (Outcome.Failed, $" After that, {failure.What} failed: {failure.Problem}", "Find the cause, and restore again until it succeeds.")
            : run.Duration > row.Target
                ? (Outcome.Failed, string.Empty, "Restore with more connections (-Jobs) or on a faster machine, or physically; else agree on another objective.")
            : forecast.Time > row.Target
                ? (Outcome.Failed, $" With today's sizes it would take about {DurationText.Of(forecast.Time.Value)}.", "Restore anew to measure it, with more connections (-Jobs) or on a faster machine.")
            : evidence.Now - run.EndedAt > limit
                ? (Outcome.NotRun, $" That is longer ago than the {limit.TotalDays:0} days for which a measurement counts.", HowTo(row.Component))
            : (Outcome.Passed, string.Empty, null);
        return row with
        {
            Outcome = outcome, Actual = run.Duration, Evidence = measured + why, Remedy = remedy, MeasuredAt = run.EndedAt,
            Forecast = forecast.Time, ForecastBasis = forecast.Basis,
        };
    }

    private static RecoveryObjective NeverSucceeded(RecoveryObjective row, List<RecoveryRun> runs) =>
        runs.Find(run => run.EndedAt is not null) is { } failure
            ? row with
            {
                Outcome = Outcome.Failed, Evidence = $"It never succeeded. {failure.EndedAt:u}: {failure.What} failed: {failure.Problem}",
                Remedy = "Find the cause, and restore again until it succeeds.", MeasuredAt = failure.EndedAt,
            }
            : row with
            {
                Evidence = runs.Count == 0
                    ? "No journal tells of a restore or a drill of it."
                    : $"No restore or drill of it came to its end; {runs.Count} were stopped or died.",
                Remedy = HowTo(row.Component),
            };

    private static string HowTo(RecoveryComponent component) => component switch
    {
        RecoveryComponent.Database => "Restore a set on a throw-away server: Test-LettaBackup -Level Restore.",
        RecoveryComponent.Cache => "Restore one in a drill: Restore-LettaCache, or Restore-LettaSystem on another machine.",
        _ => "Restore the system in a drill: Restore-LettaSystem on another machine.",
    };
}
