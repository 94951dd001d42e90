namespace LettaDr;

/// <summary>Which runbooks there are, and within which term each has to be reviewed.</summary>
public sealed record RunbookReviews
{
    /// <summary>How long a review, of runbooks, of contacts and of the communication plan, counts.</summary>
    public TimeSpan ReviewedWithin { get; init; } = TimeSpan.FromDays(92);

    /// <summary>The runbooks.</summary>
    public IReadOnlyList<RunbookDocument> Documents { get; init; } = [];
}
