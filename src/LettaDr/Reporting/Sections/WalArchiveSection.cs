namespace LettaDr;

/// <summary>Archives of the write-ahead log.</summary>
internal sealed class WalArchiveSection() : ReportSectionBuilder<WalArchive>(
    "archives", "Write-ahead log archives",
    [
        "Outcome", "Deployment", "State", "Recoverable to", ReportColumn.Number("Behind"), ReportColumn.Number("Segments"), ReportColumn.Number("Missing"),
        ReportColumn.Number("Size"), "Leads on from", "Remark",
    ])
{
    protected override ReportRow Read(WalArchive item)
    {
        var missing = item.Holes.Sum(hole => hole.Segments);
        var outcome = item.State == WalArchiveState.Streaming && item.Problem is null && missing == 0 ? Outcome.Passed : Outcome.Failed;
        return new ReportRow
        {
            Name = $"log of {item.Deployment}, cluster {item.SystemIdentifier}", Deployment = item.Deployment, Outcome = outcome, At = item.RecoverableAt,
            JudgementOf = ReportRow.ByItself,
            Cells =
            [
                outcome, item.Deployment, item.State, item.RecoverableAt, item.Lag, item.Segments, missing, new ByteCount(item.Size), item.BaseId,
                string.Join(" ", item.Warnings.Prepend(item.Problem).OfType<string>()),
            ],
        };
    }

    protected override string Summarise(IReadOnlyList<ReportRow> rows) =>
        $"{Count.Of(rows.Count, "archive")}: {rows.Count(row => row.Outcome == Outcome.Passed)} received without a gap. "
        + "An archive passes where the log is being received and no segment is missing.";
}
