namespace LettaDr;

/// <summary>Items of the guide's checklists, in their order.</summary>
internal sealed class ChecklistSection() : ReportSectionBuilder<DrChecklistItem>(
    "checklists", "Checklists", ["Outcome", "Deployment", "Phase", ReportColumn.Number("No."), "Item", "Evidence", "Answered by", "At", "Remedy"])
{
    protected override ReportRow Read(DrChecklistItem item) => new()
    {
        Name = $"{item.Phase} {item.Number} of {item.Deployment}{(item.Incident is { } incident ? $", incident {incident}" : string.Empty)}",
        Deployment = item.Deployment, Outcome = item.Outcome, At = item.At, JudgementOf = ReportRow.ByItself,
        Cells =
        [
            item.Outcome, item.Deployment, item.Incident is null ? item.Phase : $"{item.Phase} of {item.Incident}", item.Number, item.Text, item.Evidence,
            item.By ?? (item.Checks.Count > 0 ? "checks" : null), item.At, item.Remedy,
        ],
    };

    protected override string Summarise(IReadOnlyList<ReportRow> rows) =>
        $"{Count.Of(rows.Count, "item")}: {Outcomes(rows)}. What nobody has answered is not run.";

    protected override IEnumerable<ReportRow> Sort(IEnumerable<ReportRow> rows) => rows;
}
