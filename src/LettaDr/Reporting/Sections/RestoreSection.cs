namespace LettaDr;

/// <summary>Restores and recoveries that came to their end, with their stages.</summary>
internal sealed class RestoreSection() : ReportSectionBuilder(
    "restores", "Restores", ["Outcome", "Restored", "Deployment", "Set", "Moment", "Completed at", ReportColumn.Number("Took"), "Proven of it"])
{
    private const int MostCharts = 8;
    private readonly PriorityQueue<StageChart, DateTimeOffset> _charts = new();
    private int _charted;

    protected override bool Takes(object item) => item is RestoreResult or SystemRestoreResult or RecoveryResult or CacheRestoreResult or ConfigurationRestoreResult;

    protected override ReportRow Read(object item) => item switch
    {
        RestoreResult it => Row(
            "database " + it.Database, it.Deployment, it.BackupId, it.SnapshotTime, it.CompletedAt, it.Duration, it.Stages,
            it.TablesIdentical == it.Tables ? Outcome.Passed : Outcome.Failed,
            $"{it.TablesIdentical} of {Count.Of(it.Tables, "table")} identical, {Count.Of(it.Rows, "row")}, {ByteSize.Format(it.Bytes)}, {Count.Of(it.Objects, "object")}."),
        SystemRestoreResult it => System(it),
        RecoveryResult it => Row(
            "cluster in " + it.Container, it.Deployment, it.BackupId, it.ReachedTime, it.CompletedAt, it.Duration, it.Stages, Outcome.Passed,
            $"{Count.Of(it.TablesIdentical, "table")} identical at the copy, {Count.Of(it.Rows, "row")}; {ByteSize.Format(it.LogBytes)} of log replayed to {it.ReachedLsn}."),
        CacheRestoreResult it => Row(
            "cache at " + it.Cache, it.Deployment, it.BackupId, it.SnapshotTime, it.CompletedAt, it.Duration, it.Stages, Outcome.Passed,
            $"{Count.Number(it.KeysRestored)} of {Count.Of(it.KeysInSet, "key")} restored, {Count.Number(it.KeysExpired)} had expired."),
        _ => Configuration((ConfigurationRestoreResult)item),
    };

    protected override string Summarise(IReadOnlyList<ReportRow> rows) => $"{Count.Of(rows.Count, "restore")}: {Outcomes(rows)}."
        + (_charted > MostCharts ? $" The stages of the newest {MostCharts} are drawn." : string.Empty);

    protected override ReportSection Complete(ReportSection section)
    {
        var charts = new List<IReportChart>();
        while (_charts.TryDequeue(out var chart, out _))
        {
            charts.Insert(0, chart);
        }

        return section with { Charts = charts };
    }

    private ReportRow System(SystemRestoreResult it)
    {
        var checks = ReportCounts.Of(it.Checks.Select(check => (Outcome?)check.Outcome));
        var missed = it.RecoveryTimes.Where(time => !time.IsMet).ToList();
        var outcome = checks.Failed > 0 || missed.Count > 0 || it.Agents is { IsEqual: false } ? Outcome.Failed : checks.NotRun > 0 ? Outcome.NotRun : Outcome.Passed;
        var database = it.Database is { } restored ? $" {restored.TablesIdentical} of {Count.Of(restored.Tables, "table")} identical." : string.Empty;
        var agents = it.Agents is { } compared ? $" {(compared.IsEqual ? Count.Of(compared.Agents, "agent") + " read back" : compared)}." : string.Empty;
        return Row(
            "system" + (it.Destination is null ? string.Empty : $" to {it.Destination}"), it.Deployment, it.BackupId, it.SnapshotTime, it.CompletedAt, it.Duration, it.Stages, outcome,
            $"Checks: {checks.Passed} passed, {checks.Failed} failed, {checks.NotRun} not run.{database}{agents} "
            + string.Join(" ", it.RecoveryTimes.Select(time => time + ".")));
    }

    private static ReportRow Configuration(ConfigurationRestoreResult it) => new()
    {
        Name = $"restore of configuration to {it.Destination} from {it.BackupId}", Deployment = it.Deployment, Outcome = it.EncryptionKey.Outcome,
        At = it.StartedAt + it.Duration, JudgementOf = ReportRow.ByItself,
        Cells =
        [
            it.EncryptionKey.Outcome, "configuration to " + it.Destination, it.Deployment, it.BackupId, null, it.StartedAt + it.Duration, it.Duration,
            $"{Count.Of(it.Written, "file")} written, {it.Unchanged} unchanged. Encryption key: {it.EncryptionKey.Evidence}",
        ],
    };

    private ReportRow Row(
        string what, string deployment, string set, DateTimeOffset moment, DateTimeOffset completed, TimeSpan duration, IReadOnlyList<JournalStep> stages,
        Outcome outcome, string proven)
    {
        _charts.Enqueue(StageChart.Of($"Restore of {what}, {ReportText.Of(completed)}", stages), completed);
        _charted++;
        if (_charts.Count > MostCharts)
        {
            _charts.Dequeue();
        }

        return new ReportRow
        {
            Name = $"restore of {what} from {set}", Deployment = deployment, Outcome = outcome, At = completed, JudgementOf = ReportRow.ByItself,
            Cells = [outcome, what, deployment, set, moment, completed, duration, proven.TrimEnd()],
        };
    }
}
