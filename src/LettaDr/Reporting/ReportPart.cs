namespace LettaDr;

/// <summary>A part of a record that is told at length: sentences, a table, or stages.</summary>
/// <param name="Title">Its heading.</param>
internal sealed record ReportPart(string Title)
{
    /// <summary>A sentence each.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    public IReadOnlyList<ReportColumn> Columns { get; init; } = [];

    public IReadOnlyList<IReadOnlyList<object?>> Rows { get; init; } = [];

    public StageChart? Stages { get; init; }

    public bool IsEmpty => Lines.Count == 0 && Rows.Count == 0 && Stages is null;
}
