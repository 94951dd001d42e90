namespace LettaDr;

/// <summary>A recovery test in the six parts that the guide wants documented.</summary>
internal static class DrillDetail
{
    public static ReportDetail Of(DrTestResult drill) => new(
        $"{drill.Scenario} of {drill.Deployment}, {ReportText.Of(drill.StartedAt)}", drill.Outcome,
        [
            new ReportPart("1. Objectives and scope")
            {
                Lines =
                [
                    .. drill.Objectives,
                    $"It ran on {Kind(drill)}{drill.Target}, on the machine {drill.Machine}, as {drill.Id}.",
                    .. drill.IsEvidence ? (string[])[] : ["It practised the procedure, and is no evidence for the deployment."],
                ],
            },
            new ReportPart("2. Configuration before")
            {
                Columns = ["What", "As it was"],
                Rows = [.. drill.Configuration.OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => (IReadOnlyList<object?>)[item.Key, item.Value])],
                Lines = drill.Configuration.Count == 0 ? ["Nothing was recorded."] : [],
            },
            new ReportPart("3. Steps")
            {
                Columns = ["Outcome", "Step", "Observed", ReportColumn.Number("Took")],
                Rows = [.. drill.Steps.Select(step => (IReadOnlyList<object?>)[step.Outcome, step.Name, step.Observed, step.Duration])],
                Stages = drill.Steps.Count == 0 ? null : StageChart.Of("When each step ran", drill.Steps),
                Lines = drill.Steps.Count == 0 ? ["No step was taken."] : [],
            },
            new ReportPart("4. Observed results and timing")
            {
                Columns = drill.Measurements.Count == 0 ? [] : ["Outcome", "Objective", ReportColumn.Number("Target"), ReportColumn.Number("Actual")],
                Rows =
                [
                    .. drill.Measurements.Select(time => (IReadOnlyList<object?>)
                        [time.Met ? Outcome.Passed : Outcome.Failed, $"{time.Kind} {time.Component}", time.Target, time.Actual]),
                ],
                Lines = [Result(drill), Fault(drill)],
            },
            new ReportPart("5. Issues and resolutions")
            {
                Lines = drill.Issues.Count == 0 ? ["None."] : [.. drill.Issues.Select(issue => $"{issue.Issue} {issue.Resolution ?? "Open."}")],
            },
            new ReportPart("6. Recommendations") { Lines = drill.Recommendations.Count == 0 ? ["None."] : drill.Recommendations },
        ]);

    private static string Kind(DrTestResult drill) =>
        !drill.IsEvidence ? "a stand-in with made-up rows, " : drill.IsSandbox ? "the throw-away copy " : string.Empty;

    private static string Result(DrTestResult drill) => drill switch
    {
        { EndedAt: null } => "It has not ended: it runs, or its process died.",
        { Outcome: null } => $"It ended {ReportText.Of(drill.EndedAt.Value)} without an outcome.",
        _ => $"{ReportText.Of(drill.Outcome)} after {ReportText.Of(drill.EndedAt.Value - drill.StartedAt)}.",
    };

    private static string Fault(DrTestResult drill) => (drill.PlantedFault, drill.FaultCaught) switch
    {
        (null, null) => "No fault was planted.",
        (var fault, null) => $"The fault that was to be caught was not planted: {fault}",
        (var fault, true) => $"The planted fault was caught: {fault}",
        var (fault, _) => $"The planted fault was not caught: {fault}",
    };
}
