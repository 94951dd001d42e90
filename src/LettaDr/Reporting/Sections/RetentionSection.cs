namespace LettaDr;

/// <summary>What retention keeps and removes.</summary>
internal sealed class RetentionSection() : ReportSectionBuilder(
    "retention", "Retention", ["Decision", "What", "Deployment", "Moment", ReportColumn.Number("Size"), "Why"])
{
    protected override bool Takes(object item) => item is RetentionDecision or WalRetention;

    protected override ReportRow Read(object item)
    {
        if (item is WalRetention log)
        {
            return new ReportRow
            {
                Name = $"retention of the log of {log.Deployment}, cluster {log.SystemIdentifier}", Deployment = log.Deployment,
                Cells =
                [
                    $"{(log.Removed ? "removed" : "to remove")} {log.Doomed} of {Count.Of(log.Segments, "segment")}", $"log of cluster {log.SystemIdentifier}",
                    log.Deployment, null, new ByteCount(log.Size), log.Reason,
                ],
            };
        }

        var decision = (RetentionDecision)item;
        var set = decision.Backup;
        return new ReportRow
        {
            Name = $"retention of {set.Id}", Deployment = set.Deployment, At = set.SnapshotTime,
            RestsOn = set.Manifest is { Seal.Length: > 0 } manifest ? [new ReportSource($"seal of {BackupManifest.FileName}", manifest.Seal)] : [],
            Cells =
            [
                decision.Keep ? "kept" : decision.Removed ? "removed" : "to remove", set.Id, set.Deployment, set.SnapshotTime, new ByteCount(set.Size),
                decision.Keep ? string.Join(", ", decision.Reasons) : "no rule keeps it",
            ],
        };
    }

    protected override string Summarise(IReadOnlyList<ReportRow> rows) =>
        $"{Count.Of(rows.Count, "decision")}. They are the rules of retention at work and do not count for the verdict.";
}
