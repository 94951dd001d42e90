namespace LettaDr;

/// <summary>The record of one attempt to prove a set by restoring it; kept beside the set, which itself never changes.</summary>
public sealed record BackupProof
{
    /// <summary>The set.</summary>
    public required string BackupId { get; init; }

    /// <summary>The seal of the set's manifest: a proof holds for these bytes only.</summary>
    public required string ManifestSeal { get; init; }

    /// <summary>When the attempt ended.</summary>
    public required DateTimeOffset TestedAt { get; init; }

    /// <summary>Passed when each part that the set has was proven; NotRun when none failed, and one could not be tried.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>What was compared, or the engine's message of the failure.</summary>
    public required string Evidence { get; init; }

    /// <summary>Names of the checks that passed, e.g. <c>RestoredIdentical</c> and <c>CacheLoads</c>; empty in proofs of older versions.</summary>
    public IReadOnlyList<string> Proven { get; init; } = [];

    /// <summary>How long restoring and comparing took.</summary>
    public required TimeSpan Duration { get; init; }
}
