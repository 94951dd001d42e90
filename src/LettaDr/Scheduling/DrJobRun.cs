namespace LettaDr;

/// <summary>One run of a scheduled job.</summary>
public sealed record DrJobRun
{
    /// <summary>The plan's name.</summary>
    public required string Plan { get; init; }

    /// <summary>The job.</summary>
    public required DrJob Job { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it runs, or when its process died.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How it ended: NotRun where it was not due, or another run of it was under way; null while it runs.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>What came of it, in a sentence.</summary>
    public string Message { get; init; } = string.Empty;

    /// <summary>When the job last ended as it should; null when it never did.</summary>
    public DateTimeOffset? LastPassedAt { get; init; }

    /// <summary>When people were told that it failed; null when it did not, or nobody was.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <summary>When its scheduler reported that it failed; null when it did not.</summary>
    public DateTimeOffset? ReportedAt { get; init; }

    /// <summary>How long it took; null while it runs.</summary>
    public TimeSpan? Duration => EndedAt - StartedAt;

    /// <inheritdoc/>
    public override string ToString() => $"{Job} of {Plan}: {(Outcome is { } outcome ? outcome.ToString() : "not ended")}";
}
