namespace LettaDr;

/// <summary>What a report says, whatever it is written as.</summary>
internal sealed record DrReport
{
    /// <summary>The version of the shape that the JSON form has.</summary>
    public const int SchemaVersion = 1;

    public required string Title { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The machine that it was made on.</summary>
    public required string Machine { get; init; }

    /// <summary>The LettaDr that made it, e.g. <c>LettaDr 0.1.0</c>.</summary>
    public required string Writer { get; init; }

    /// <summary>The deployments that the records are about, sorted.</summary>
    public required IReadOnlyList<string> Deployments { get; init; }

    /// <summary>SHA-256 over the sorted digests of all records, a line each.</summary>
    public required string Digest { get; init; }

    public required IReadOnlyList<ReportSection> Sections { get; init; }

    public ReportCounts Counts => Sections.Aggregate(default(ReportCounts), (sum, section) => sum + section.Counts);

    /// <summary>How many objects were given and could not be taken.</summary>
    public int Refused { get; init; }

    /// <summary>As the judgements are; but what was refused may have failed, so that nothing has passed then.</summary>
    public Outcome Verdict => Refused > 0 && Counts.Verdict == Outcome.Passed ? Outcome.NotRun : Counts.Verdict;

    public int Records => Sections.Sum(section => section.Rows.Count);

    /// <summary>Which digests are not shown to people, in a sentence; null when all are.</summary>
    public string? EvidenceLeft => Records - Sections.Sum(section => section.Shown.Count()) is > 0 and var left
        ? $"The digests of {Count.Of(left, "more record")} are in the JSON form of this report."
        : null;

    /// <summary>The verdict in a sentence.</summary>
    public string Headline => Judged + (Refused == 0 ? string.Empty
        : $" {Count.Of(Refused, "object")} could not be taken and {(Refused == 1 ? "is" : "are")} not in it.");

    private string Judged => Counts switch
    {
        { Total: 0 } => "Nothing in this report was judged.",
        { Failed: > 0 } counts => $"{Count.Number(counts.Failed)} of {Count.Of(counts.Total, "judgement")} failed"
            + (counts.NotRun == 0 ? "." : counts.NotRun == 1 ? ", and 1 was not run." : $", and {Count.Number(counts.NotRun)} were not run."),
        { NotRun: > 0 } counts => $"Nothing failed, but {Count.Number(counts.NotRun)} of {Count.Of(counts.Total, "judgement")} "
            + (counts.NotRun == 1 ? "was not run." : "were not run."),
        var counts => counts.Total == 1 ? "The one judgement passed." : $"All {Count.Number(counts.Total)} judgements passed.",
    };
}
