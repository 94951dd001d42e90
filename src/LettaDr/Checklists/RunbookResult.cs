namespace LettaDr;

/// <summary>What a runbook did and came to.</summary>
public sealed record RunbookResult
{
    /// <summary>The runbook.</summary>
    public required RunbookName Name { get; init; }

    /// <summary>The deployment.</summary>
    public required string Deployment { get; init; }

    /// <summary>What the assessment came to.</summary>
    public required DamageVerdict Verdict { get; init; }

    /// <summary>The set that was restored; null when nothing was replaced.</summary>
    public string? BackupId { get; init; }

    /// <summary>The damaged database, kept under this name; null when nothing was replaced.</summary>
    public string? PreviousDatabase { get; init; }

    /// <summary>How much time's writing is no longer live: from the set's snapshot to the stop of the writers; null when nothing was replaced.</summary>
    public TimeSpan? DataLoss { get; init; }

    /// <summary>Whether the services are up again.</summary>
    public required bool BroughtBack { get; init; }

    /// <summary>What is left to do, in a sentence; null when nothing is.</summary>
    public string? Remedy { get; init; }

    /// <summary>The steps in their order, those not taken too.</summary>
    public required IReadOnlyList<RunbookStepResult> Steps { get; init; }

    /// <summary>How long the whole took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} of {Deployment}: {Verdict}";
}
