namespace LettaDr;

/// <summary>Backup sets: the newest first, and how many there were each day.</summary>
internal sealed class BackupSection(DateTimeOffset now) : ReportSectionBuilder<Backup>(
    "backups", "Backup sets",
    ["Proof", "Set", "Deployment", "Moment", "Kind", ReportColumn.Number("Size"), "Tried at", "Label", "Remark"])
{
    private const int MostCharts = 12;
    private readonly SortedDictionary<string, Dictionary<DateOnly, BackupPeriod>> _days = new(StringComparer.Ordinal);
    private readonly int[] _states = new int[3];

    protected override ReportRow Read(Backup item)
    {
        // A set is judged by the attempt to restore it; one that nobody tried is neither good nor bad, and one that cannot be read is bad.
        Outcome? outcome = item.State == BackupState.Damaged ? Outcome.Failed : item.State == BackupState.Complete ? item.LastProof?.Outcome : null;
        CountDay(item, outcome);
        _states[(int)item.State]++;
        return new ReportRow
        {
            Name = item.Id, Deployment = item.Deployment, Outcome = outcome, At = item.SnapshotTime, JudgementOf = outcome is null ? null : ReportRow.ByItself,
            RestsOn = item.Manifest is { Seal.Length: > 0 } manifest ? [new ReportSource($"seal of {BackupManifest.FileName}", manifest.Seal)] : [],
            Cells =
            [
                outcome is { } judged ? judged : item.State == BackupState.Complete ? "not tried" : "incomplete", item.Id, item.Deployment, item.SnapshotTime, item.Kind,
                item.Manifest is null ? null : new ByteCount(item.Size), item.LastProof?.TestedAt, item.Label,
                item.Problem ?? (outcome == Outcome.Passed ? null : item.LastProof?.Evidence),
            ],
        };
    }

    protected override string Summarise(IReadOnlyList<ReportRow> rows)
    {
        var proven = rows.Count(row => row.Outcome == Outcome.Passed);
        return $"{Count.Of(rows.Count, "set")}: {Count.Number(_states[(int)BackupState.Complete])} complete, {Count.Number(_states[(int)BackupState.Incomplete])} incomplete, "
            + $"{Count.Number(_states[(int)BackupState.Damaged])} damaged; {Count.Number(proven)} proven by a restore. The newest is of {ReportText.Of(rows[0].At)}."
            + (proven == 0 ? " None has been proven by a restore." : $" The newest that is proven is of {ReportText.Of(rows.First(row => row.Outcome == Outcome.Passed).At)}.");
    }

    protected override ReportSection Complete(ReportSection section)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var left = _days.Count - MostCharts;
        return section with
        {
            Charts = [.. _days.Take(MostCharts).Select(days => BackupTimeline.Of($"Sets of {days.Key}", days.Value.Values, today))],
            Summary = section.Summary + (left > 0 ? $" Charts show the first {MostCharts} deployments; {left} more are in the table only." : string.Empty),
        };
    }

    private void CountDay(Backup item, Outcome? outcome)
    {
        if (!_days.TryGetValue(item.Deployment, out var days))
        {
            _days.Add(item.Deployment, days = []);
        }

        var day = DateOnly.FromDateTime(item.SnapshotTime.UtcDateTime);
        var set = item.State != BackupState.Complete || outcome == Outcome.Failed ? new BackupPeriod(day, 0, 0, 1)
            : outcome == Outcome.Passed ? new BackupPeriod(day, 1, 0, 0) : new BackupPeriod(day, 0, 1, 0);
        days[day] = days.TryGetValue(day, out var sum) ? sum.With(set) : set;
    }
}
