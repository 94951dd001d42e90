namespace LettaDr;

/// <summary>Recovery objectives, target against actual.</summary>
internal sealed class ObjectiveSection() : ReportSectionBuilder<RecoveryObjective>(
    "objectives", "Recovery objectives",
    ["Outcome", "Deployment", "Objective", ReportColumn.Number("Target"), ReportColumn.Number("Actual"), ReportColumn.Number("Foreseen"), "Evidence", "Remedy"])
{
    private readonly List<ObjectiveBar> _bars = [];

    protected override ReportRow Read(RecoveryObjective item)
    {
        var name = $"{item.Kind} {item.Component}";
        var foreseen = item.Kind == RecoveryObjectiveKind.RTO ? item.Forecast : item.WorstCase;
        _bars.Add(new ObjectiveBar(name, item.Deployment, item.Target, item.Actual, foreseen, item.Outcome));
        return new ReportRow
        {
            Name = $"{name} of {item.Deployment}", Deployment = item.Deployment, Outcome = item.Outcome, At = item.MeasuredAt, JudgementOf = ReportRow.ByItself,
            Cells =
            [
                item.Outcome, item.Deployment, name, DurationText.Of(item.Target), item.Actual is { } actual ? DurationText.Of(actual) : null,
                foreseen is { } time ? DurationText.Of(time) : null, item.Evidence, item.Remedy,
            ],
        };
    }

    protected override string Summarise(IReadOnlyList<ReportRow> rows) =>
        $"{Count.Of(rows.Count, "objective")}: {Outcomes(rows)}. RTO is the time of a recovery, RPO the work that would be lost. "
        + "Foreseen is the forecast of a recovery time with today's sizes, and the worst case of a recovery point.";

    protected override IEnumerable<ReportRow> Sort(IEnumerable<ReportRow> rows) => rows;

    protected override ReportSection Complete(ReportSection section) =>
        section with { Charts = [new ObjectiveChart("Actual as a share of the target", _bars)] };
}
