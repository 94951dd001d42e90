namespace LettaDr;

/// <summary>A record of a report: how it stands in its section's table, and the evidence itself.</summary>
internal sealed record ReportRow
{
    /// <summary>One for each column: texts, numbers, times, outcomes, or null.</summary>
    public required IReadOnlyList<object?> Cells { get; init; }

    /// <summary>What it is called where it stands alone.</summary>
    public required string Name { get; init; }

    /// <summary>The type of the object, e.g. <c>LettaDr.Backup</c>.</summary>
    public string Type { get; init; } = string.Empty;

    public string? Deployment { get; init; }

    /// <summary>How it ended; null where it has no outcome, or not yet.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>When it was so.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>
    /// What it is a judgement of: of several with the same text one counts (<see cref="StandingJudgement{T}"/>), the others are history.
    /// Null when it is no judgement at all; <see cref="ByItself"/> when it always counts.
    /// </summary>
    public string? JudgementOf { get; init; }

    /// <summary>Whether it counts for the verdict.</summary>
    public bool IsJudged { get; init; }

    /// <summary>The object as canonical JSON, UTF-8.</summary>
    public byte[] Json { get; init; } = [];

    /// <summary>SHA-256 of <see cref="Json"/>.</summary>
    public string Sha256 { get; init; } = string.Empty;

    /// <summary>What it rests on, with known digests.</summary>
    public IReadOnlyList<ReportSource> RestsOn { get; init; } = [];

    /// <summary>A judgement that no other supersedes.</summary>
    public const string ByItself = "";
}
