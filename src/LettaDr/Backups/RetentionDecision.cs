namespace LettaDr;

/// <summary>What retention decides about one set, and why.</summary>
public sealed record RetentionDecision
{
    /// <summary>The set.</summary>
    public required Backup Backup { get; init; }

    /// <summary>Whether it is kept.</summary>
    public bool Keep => Reasons.Count > 0;

    /// <summary>Why it is kept, e.g. <c>daily 2026-11-22</c>, <c>newest</c>, <c>last proven</c>; empty when it is not.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>Whether it has been removed.</summary>
    public bool Removed { get; init; }
}
