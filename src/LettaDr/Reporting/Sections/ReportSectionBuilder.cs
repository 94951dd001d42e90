using System.Security.Cryptography;

namespace LettaDr;

/// <summary>What all sections share: a row for each object, its digest, and which rows count.</summary>
internal abstract class ReportSectionBuilder(string key, string title, IReadOnlyList<ReportColumn> columns) : IReportSectionBuilder
{
    private readonly List<ReportRow> _rows = [];

    public bool TryAdd(object item)
    {
        if (!Takes(item))
        {
            return false;
        }

        var json = CanonicalJson.Of(item);
        _rows.Add(Read(item) with { Type = item.GetType().FullName!, Json = json, Sha256 = Hex.Lower(SHA256.HashData(json)) });
        return true;
    }

    public ReportSection? Build()
    {
        if (_rows.Count == 0)
        {
            return null;
        }

        var newest = _rows.Where(row => row.JudgementOf is { Length: > 0 }).GroupBy(row => row.JudgementOf)
            .Select(group => StandingJudgement<ReportRow>.Of(group, row => row.Outcome, row => row.At))
            .ToHashSet(ReferenceEqualityComparer.Instance);
        var rows = Sort(_rows.Select(row => row with { IsJudged = row.JudgementOf == ReportRow.ByItself || newest.Contains(row) })).ToList();
        var section = new ReportSection
        {
            Key = key, Title = title, Summary = Summarise(rows), Columns = columns, Rows = rows,
            Counts = ReportCounts.Of(rows.Where(row => row.IsJudged).Select(row => row.Outcome)),
        };
        return Complete(section);
    }

    /// <summary>Whether objects of this kind belong here.</summary>
    protected abstract bool Takes(object item);

    /// <summary>The object's row; what a chart needs of it is noted here too.</summary>
    protected abstract ReportRow Read(object item);

    /// <summary>What the section comes to, in sentences.</summary>
    protected abstract string Summarise(IReadOnlyList<ReportRow> rows);

    /// <summary>The newest first.</summary>
    protected virtual IEnumerable<ReportRow> Sort(IEnumerable<ReportRow> rows) => rows.OrderByDescending(row => row.At);

    /// <summary>Adds charts and details.</summary>
    protected virtual ReportSection Complete(ReportSection section) => section;

    /// <summary>E.g. <c>12 passed, 1 failed, 3 not run</c>.</summary>
    protected static string Outcomes(IEnumerable<ReportRow> rows)
    {
        var counts = ReportCounts.Of(rows.Select(row => row.Outcome));
        return $"{Count.Number(counts.Passed)} passed, {Count.Number(counts.Failed)} failed, {Count.Number(counts.NotRun)} not run";
    }

    /// <summary>What failed first, then what was not run.</summary>
    protected static IEnumerable<ReportRow> WorstFirst(IEnumerable<ReportRow> rows) =>
        rows.OrderBy(row => row.Outcome switch { Outcome.Failed => 0, Outcome.Passed => 2, _ => 1 });
}
