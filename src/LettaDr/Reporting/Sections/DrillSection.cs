namespace LettaDr;

/// <summary>
/// Recovery tests; the newest of each scenario and deployment counts, and is told in its six parts. What ran on made-up rows is told, and
/// judges nothing.
/// </summary>
internal sealed class DrillSection() : ReportSectionBuilder<DrTestResult>(
    "drills", "Recovery tests", ["Outcome", "Scenario", "Deployment", "Ran on", "Began at", ReportColumn.Number("Took"), "Planted fault", "Open issues", "Id"])
{
    private const int MostDetails = 20;
    private readonly Dictionary<(string Deployment, DrTestScenario Scenario, bool IsEvidence), StandingJudgement<DrTestResult>>
        _standing = [];
    private int _standIns;

    protected override ReportRow Read(DrTestResult item)
    {
        var key = (item.Deployment, item.Scenario, item.IsEvidence);
        if (!_standing.TryGetValue(key, out var standing))
        {
            _standing.Add(key, standing = new StandingJudgement<DrTestResult>());
        }

        standing.Add(item, item.Outcome, item.StartedAt);
        _standIns += item.IsEvidence ? 0 : 1;

        return new ReportRow
        {
            Name = $"{item.Scenario} of {item.Deployment}, {item.Id}", Deployment = item.Deployment, Outcome = item.Outcome, At = item.StartedAt,
            JudgementOf = item.IsEvidence ? $"{item.Scenario}/{item.Deployment}" : null,
            Cells =
            [
                item.Outcome is { } outcome ? outcome : ReportText.Of(item.Outcome), item.Scenario, item.Deployment,
                !item.IsEvidence ? "a stand-in with made-up rows" : item.IsSandbox ? "a throw-away copy" : item.Target,
                item.StartedAt, item.Duration,
                item.PlantedFault is null && item.FaultCaught is null ? "none" : item.FaultCaught == true ? "caught" : "not caught",
                item.Issues.Count(issue => issue.Resolution is null), item.Id,
            ],
        };
    }

    protected override string Summarise(IReadOnlyList<ReportRow> rows) =>
        $"{Count.Of(rows.Count, "test")}: {Outcomes(rows)}. The newest of each scenario and deployment counts for the verdict; earlier ones "
        + "are history, but a failure stands until a later test has ended."
        + (_standIns == 0 ? string.Empty
            : $" {Count.Of(_standIns, "test")} on made-up rows {(_standIns == 1 ? "is" : "are")} no evidence, and left out of it.");

    protected override ReportSection Complete(ReportSection section)
    {
        var told = _standing.Values.Select(standing => standing.Item)
            .OrderByDescending(drill => drill.StartedAt).ThenBy(drill => drill.Id, StringComparer.Ordinal).ToList();
        return section with
        {
            Details = [.. told.Take(MostDetails).Select(DrillDetail.Of)],
            Summary = section.Summary + (told.Count > MostDetails
                ? $" The newest {MostDetails} of them are told in full below, the others in the JSON form of this report." : " Each of the newest is told in full below."),
        };
    }
}
