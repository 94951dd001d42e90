namespace LettaDr;

/// <summary>A part of a report: everything of one kind.</summary>
internal sealed record ReportSection
{
    private const int MostRows = 100;
    private const int MostFailures = 1000;

    /// <summary>A word for links and scripts, e.g. <c>backups</c>.</summary>
    public required string Key { get; init; }

    public required string Title { get; init; }

    /// <summary>What it comes to, in sentences.</summary>
    public required string Summary { get; init; }

    /// <summary>The records that were judged, counted.</summary>
    public required ReportCounts Counts { get; init; }

    public required IReadOnlyList<ReportColumn> Columns { get; init; }

    /// <summary>All records, those first that a reader must see first.</summary>
    public required IReadOnlyList<ReportRow> Rows { get; init; }

    /// <summary>The rows that are shown to people: the first hundred, and of the rest what failed and counts. JSON holds all.</summary>
    public IEnumerable<ReportRow> Shown =>
        Rows.Take(MostRows).Concat(Rows.Skip(MostRows).Where(row => row is { IsJudged: true, Outcome: Outcome.Failed }).Take(MostFailures));

    /// <summary>What of the rows is not shown, in a sentence; null when all are.</summary>
    public string? Left => Rows.Count - Shown.Count() is > 0 and var left
        ? $"{Count.Of(left, "more record")} of this table {(left == 1 ? "is" : "are")} in the JSON form of this report; all of them are counted above."
        : null;

    public IReadOnlyList<IReportChart> Charts { get; init; } = [];

    /// <summary>Records told at length.</summary>
    public IReadOnlyList<ReportDetail> Details { get; init; } = [];
}
