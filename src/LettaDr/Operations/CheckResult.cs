namespace LettaDr;

/// <summary>One check, how it ended, and the evidence: the one shape that every <c>Test-Letta…</c> cmdlet writes.</summary>
public sealed record CheckResult
{
    /// <summary>Name of the check, e.g. <c>DatabaseAuthenticated</c>; stable, for scripts.</summary>
    public required string Name { get; init; }

    /// <summary>What was checked, e.g. a deployment, a backup set or a file in it.</summary>
    public required string Target { get; init; }

    /// <summary>The deployment that it is about, where the target does not tell; else null.</summary>
    public string? Deployment { get; init; }

    /// <summary>How it ended.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>What was seen, in one sentence.</summary>
    public required string Evidence { get; init; }

    /// <summary>What to do when it did not pass; null when it did.</summary>
    public string? Remedy { get; init; }

    /// <summary>Whether it was not run because what it is about does not exist, e.g. a Redis; else it could be made and was not.</summary>
    internal bool IsOfNothing { get; init; }

    /// <summary>How long the check took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CheckedAt { get; init; } = DateTimeOffset.UtcNow;
}
