namespace LettaDr;

/// <summary>Journals of operations: history, which is no judgement of today.</summary>
internal sealed class OperationSection() : ReportSectionBuilder<OperationJournal>(
    "operations", "Operations", ["Outcome", "Operation", "Deployment", "Set", "Began at", ReportColumn.Number("Took"), "Machine", "Id", "Message"])
{
    private const int MostCharts = 6;
    private readonly PriorityQueue<StageChart, DateTimeOffset> _charts = new();

    protected override ReportRow Read(OperationJournal item)
    {
        if (item.Steps.Count > 0)
        {
            _charts.Enqueue(StageChart.Of($"{item.Kind} of {item.Deployment}, {ReportText.Of(item.StartedAt)}", item.Steps), item.StartedAt);
            if (_charts.Count > MostCharts)
            {
                _charts.Dequeue();
            }
        }

        return new ReportRow
        {
            Name = $"{item.Kind} {item.Id}", Deployment = item.Deployment, Outcome = item.Outcome, At = item.StartedAt,
            Cells =
            [
                item.Outcome is { } outcome ? outcome : ReportText.Of(item.Outcome), item.Kind, item.Deployment, item.BackupId, item.StartedAt, item.EndedAt - item.StartedAt,
                item.Machine, item.Id, item.Message,
            ],
        };
    }

    protected override string Summarise(IReadOnlyList<ReportRow> rows) =>
        $"{Count.Of(rows.Count, "operation")}: {Outcomes(rows.Where(row => row.Outcome is not null))}, {rows.Count(row => row.Outcome is null)} without an end. "
        + $"They are history and do not count for the verdict. The stages of the newest {MostCharts} are drawn.";

    protected override ReportSection Complete(ReportSection section)
    {
        var charts = new List<IReportChart>();
        while (_charts.TryDequeue(out var chart, out _))
        {
            charts.Insert(0, chart);
        }

        return section with { Charts = charts };
    }
}
