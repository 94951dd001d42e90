namespace LettaDr;

/// <summary>What a restore came to, and what was proven of it.</summary>
public sealed record RestoreResult
{
    /// <summary>The set that was restored.</summary>
    public required string BackupId { get; init; }

    /// <summary>The deployment.</summary>
    public required string Deployment { get; init; }

    /// <summary>The database that now holds the set's state.</summary>
    public required string Database { get; init; }

    /// <summary>The database that was set aside, for <c>Undo-LettaRestore</c>; null when there was none or it was dropped.</summary>
    public string? PreviousDatabase { get; init; }

    /// <summary>The moment whose state it holds.</summary>
    public required DateTimeOffset SnapshotTime { get; init; }

    /// <summary>When the restored database took its place.</summary>
    public required DateTimeOffset CompletedAt { get; init; }

    /// <summary>How far back the recovered point lay at that moment.</summary>
    public TimeSpan RecoveryPointAge => CompletedAt - SnapshotTime;

    /// <summary>How long the whole operation took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Tables whose every row was compared and found identical.</summary>
    public required int TablesIdentical { get; init; }

    /// <summary>Tables in the set.</summary>
    public required int Tables { get; init; }

    /// <summary>Rows compared.</summary>
    public required long Rows { get; init; }

    /// <summary>Bytes of those tables on disk.</summary>
    public required long Bytes { get; init; }

    /// <summary>Schema objects compared.</summary>
    public required int Objects { get; init; }

    /// <summary>Differences that are no loss: the server printing the same object otherwise.</summary>
    public IReadOnlyList<InventoryDifference> Differences { get; init; } = [];

    /// <summary>The steps and their times.</summary>
    public required IReadOnlyList<JournalStep> Stages { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Database} from {BackupId}";
}
