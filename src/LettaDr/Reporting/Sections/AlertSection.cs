namespace LettaDr;

/// <summary>Deliveries of alerts; the newest to each endpoint of a deployment counts.</summary>
internal sealed class AlertSection() : ReportSectionBuilder<DrAlertDelivery>(
    "alerts", "Delivery of alerts",
    ["Outcome", "Endpoint", "Deployment", "Kind", "At", ReportColumn.Number("Attempts"), ReportColumn.Number("Took"), "Response"])
{
    protected override ReportRow Read(DrAlertDelivery item)
    {
        var outcome = item.Delivered ? Outcome.Passed : Outcome.Failed;
        return new ReportRow
        {
            Name = $"delivery to {item.Notification}", Deployment = item.Deployment, Outcome = outcome, At = item.At,
            JudgementOf = $"{item.Notification}/{item.Deployment}",
            Cells = [outcome, item.Notification, item.Deployment, item.Kind, item.At, item.Attempts, item.Duration, item.Response],
        };
    }

    protected override string Summarise(IReadOnlyList<ReportRow> rows) =>
        $"{(rows.Count == 1 ? "1 delivery" : Count.Number(rows.Count) + " deliveries")}: {rows.Count(row => row.Outcome == Outcome.Passed)} acknowledged by the endpoint. "
        + "The newest to each endpoint of a deployment counts for the verdict.";
}
