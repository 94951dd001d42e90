namespace LettaDr;

/// <summary>Which recovery tests are due.</summary>
internal sealed class DrillScheduleSection() : ReportSectionBuilder<DrTestScheduleEntry>(
    "schedule", "Schedule of recovery tests", ["Outcome", "Deployment", "Test", ReportColumn.Number("Every"), "Last passed", "Next due", "Overdue"])
{
    protected override ReportRow Read(DrTestScheduleEntry item)
    {
        Outcome outcome = item switch
        {
            { LastPassed: null, LastOutcome: null } => Outcome.NotRun,
            { IsOverdue: true } or { LastOutcome: Outcome.Failed } => Outcome.Failed,
            { LastOutcome: Outcome.NotRun } => Outcome.NotRun,
            _ => Outcome.Passed,
        };
        return new ReportRow
        {
            Name = $"{item.Test} of {item.Deployment}", Deployment = item.Deployment, Outcome = outcome, At = item.LastPassed, JudgementOf = ReportRow.ByItself,
            Cells = [outcome, item.Deployment, item.Test, Count.Of((long)item.Every.TotalDays, "day"), item.LastPassed, item.NextDue, item.IsOverdue],
        };
    }

    protected override string Summarise(IReadOnlyList<ReportRow> rows) =>
        $"{Count.Of(rows.Count, "kind")} of test: {rows.Count(row => row.Cells[^1] is true)} overdue. What was never tested is not run; what is overdue, or failed when last tried, has failed.";

    protected override IEnumerable<ReportRow> Sort(IEnumerable<ReportRow> rows) => rows;
}
