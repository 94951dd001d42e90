namespace LettaDr;

/// <summary>One item of a checklist, and what is known of it.</summary>
public sealed record DrChecklistItem
{
    /// <summary>The deployment.</summary>
    public required string Deployment { get; init; }

    /// <summary>The incident that the list is worked through for; null for the standing list.</summary>
    public string? Incident { get; init; }

    /// <summary>The checklist.</summary>
    public required DrChecklistPhase Phase { get; init; }

    /// <summary>Its place in the list, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>What is to be done.</summary>
    public required string Text { get; init; }

    /// <summary>The names of the checks that can answer it; empty where only a person can.</summary>
    public required IReadOnlyList<string> AnsweredBy { get; init; }

    /// <summary>
    /// Passed where all its checks passed, or a person said so where they were not made. A check that failed outweighs what a person says,
    /// and a person's newer word that it is not done outweighs checks. NotRun is never to be counted as passed.
    /// </summary>
    public required Outcome Outcome { get; init; }

    /// <summary>What it rests on: what the checks saw, or what a person noted.</summary>
    public required string Evidence { get; init; }

    /// <summary>Who answered it; null where checks did, or nobody.</summary>
    public string? By { get; init; }

    /// <summary>When it was answered; null where it was not.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>What to do when it did not pass; null when it did.</summary>
    public string? Remedy { get; init; }

    /// <summary>The checks that were made for it.</summary>
    public IReadOnlyList<CheckResult> Checks { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => $"{Phase} {Number}: {Outcome}";
}
