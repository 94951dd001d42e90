namespace LettaDr;

/// <summary>The record of an operation: its steps and their times, written as it goes, so that a crash leaves it too.</summary>
public sealed record OperationJournal
{
    /// <summary>Identifies the operation.</summary>
    public required string Id { get; init; }

    /// <summary>What it is: <c>Backup</c>, <c>Restore</c>, <c>SystemRestore</c>, <c>UndoRestore</c>, <c>RestoreTest</c>, <c>Retention</c>, <c>Runbook</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The deployment it is about.</summary>
    public required string Deployment { get; init; }

    /// <summary>The backup set it is about; null when it is about none.</summary>
    public string? BackupId { get; init; }

    /// <summary>The folder that it restores to; null when it restores to none.</summary>
    public string? Destination { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it runs, or when the process died.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How it ended; null while it runs.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>Why it failed, or what it came to.</summary>
    public string? Message { get; init; }

    /// <summary>The machine it ran on.</summary>
    public required string Machine { get; init; }

    /// <summary>The process that ran it.</summary>
    public required int ProcessId { get; init; }

    /// <summary>Its steps in the order begun.</summary>
    public IReadOnlyList<JournalStep> Steps { get; init; } = [];
}
