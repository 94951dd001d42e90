namespace LettaDr;

/// <summary>Runbooks that were run.</summary>
internal sealed class RunbookSection() : ReportSectionBuilder<RunbookResult>(
    "runbooks", "Runbooks", ["Outcome", "Runbook", "Deployment", "Verdict", "Set restored", ReportColumn.Number("Writing lost"), "Services", ReportColumn.Number("Took"), "Left to do"])
{
    private readonly List<ReportDetail> _details = [];

    protected override ReportRow Read(RunbookResult item)
    {
        var outcome = item.BroughtBack && item.Remedy is null ? Outcome.Passed : Outcome.Failed;
        _details.Add(new ReportDetail(item.ToString(), outcome,
        [
            new ReportPart("Steps")
            {
                Columns = ["Outcome", "Step", "Evidence", ReportColumn.Number("Took")],
                Rows = [.. item.Steps.Select(step => (IReadOnlyList<object?>)[step.Outcome, step.Step, step.Evidence, step.Duration])],
            },
            new ReportPart("Times") { Stages = StageChart.Of("Steps one after the other", item.Steps) },
        ]));
        return new ReportRow
        {
            Name = item.ToString(), Deployment = item.Deployment, Outcome = outcome, JudgementOf = ReportRow.ByItself,
            Cells =
            [
                outcome, item.Name, item.Deployment, item.Verdict, item.BackupId, item.DataLoss, item.BroughtBack ? "up again" : "not up", item.Duration, item.Remedy,
            ],
        };
    }

    protected override string Summarise(IReadOnlyList<ReportRow> rows) =>
        $"{Count.Of(rows.Count, "run")}: {Outcomes(rows)}. A run passes where the services are up again and nothing is left to do; a step that failed may have found what it looked for.";

    protected override ReportSection Complete(ReportSection section) => section with { Details = _details };
}
