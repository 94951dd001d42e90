namespace LettaDr;

/// <summary>Checks with their evidence and remedy.</summary>
internal sealed class CheckSection() : ReportSectionBuilder<CheckResult>(
    "checks", "Checks", ["Outcome", "Check", "Target", "Evidence", "Remedy", "Checked at", ReportColumn.Number("Took")])
{
    protected override ReportRow Read(CheckResult item) => new()
    {
        Name = $"{item.Name} of {item.Target}", Deployment = item.Deployment, Outcome = item.Outcome, At = item.CheckedAt,
        JudgementOf = ReportRow.ByItself,
        Cells = [item.Outcome, item.Name, item.Target, item.Evidence, item.Remedy, item.CheckedAt, item.Duration],
    };

    protected override string Summarise(IReadOnlyList<ReportRow> rows) =>
        $"{Count.Of(rows.Count, "check")}: {Outcomes(rows)}. What was not run has not passed.";

    protected override IEnumerable<ReportRow> Sort(IEnumerable<ReportRow> rows) => WorstFirst(rows);
}
