namespace LettaDr;

/// <summary>What somebody once recorded of a checklist's item: one line of a record that is only added to.</summary>
public sealed record DrChecklistEntry
{
    /// <summary>Its place in the record, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>The deployment.</summary>
    public required string Deployment { get; init; }

    /// <summary>The incident; null for the standing list.</summary>
    public string? Incident { get; init; }

    /// <summary>The checklist.</summary>
    public required DrChecklistPhase Phase { get; init; }

    /// <summary>The item's place in it, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>How it was answered.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>Who answers for it.</summary>
    public required string By { get; init; }

    /// <summary>Who wrote it down, as <c>user@machine</c>.</summary>
    public required string RecordedBy { get; init; }

    /// <summary>When it was written down.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What was noted; null when nothing was.</summary>
    public string? Note { get; init; }
}
