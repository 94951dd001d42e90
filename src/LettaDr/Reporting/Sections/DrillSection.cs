namespace LettaDr;

/// <summary>Recovery tests; the newest of each scenario and deployment counts, and is told in its six parts.</summary>
internal sealed class DrillSection() : ReportSectionBuilder<DrTestResult>(
    "drills", "Recovery tests", ["Outcome", "Scenario", "Deployment", "Ran on", "Began at", ReportColumn.Number("Took"), "Planted fault", "Open issues", "Id"])
{
    private const int MostDetails = 20;
    private readonly Dictionary<(string Deployment, DrTestScenario Scenario), DrTestResult> _newest = [];

    protected override ReportRow Read(DrTestResult item)
    {
        var key = (item.Deployment, item.Scenario);
        if (!_newest.TryGetValue(key, out var known) || known.StartedAt < item.StartedAt)
        {
            _newest[key] = item;
        }

        return new ReportRow
        {
            Name = $"{item.Scenario} of {item.Deployment}, {item.Id}", Deployment = item.Deployment, Outcome = item.Outcome, At = item.StartedAt,
            JudgementOf = $"{item.Scenario}/{item.Deployment}",
            Cells =
            [
                item.Outcome is { } outcome ? outcome : ReportText.Of(item.Outcome), item.Scenario, item.Deployment, item.IsSandbox ? "a throw-away copy" : item.Target, item.StartedAt, item.Duration,
                item.PlantedFault is null && item.FaultCaught is null ? "none" : item.FaultCaught == true ? "caught" : "not caught",
                item.Issues.Count(issue => issue.Resolution is null), item.Id,
            ],
        };
    }

    protected override string Summarise(IReadOnlyList<ReportRow> rows) =>
        $"{Count.Of(rows.Count, "test")}: {Outcomes(rows)}. The newest of each scenario and deployment counts for the verdict; earlier ones are history.";

    protected override ReportSection Complete(ReportSection section)
    {
        var told = _newest.Values.OrderByDescending(drill => drill.StartedAt).ThenBy(drill => drill.Id, StringComparer.Ordinal).ToList();
        return section with
        {
            Details = [.. told.Take(MostDetails).Select(DrillDetail.Of)],
            Summary = section.Summary + (told.Count > MostDetails
                ? $" The newest {MostDetails} of them are told in full below, the others in the JSON form of this report." : " Each of the newest is told in full below."),
        };
    }
}
