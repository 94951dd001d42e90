namespace LettaDr;

/// <summary>What undoing a restore came to.</summary>
public sealed record UndoResult
{
    /// <summary>The database that is live again.</summary>
    public required string Database { get; init; }

    /// <summary>The set whose restore was undone.</summary>
    public required string BackupId { get; init; }

    /// <summary>When that restore had taken its place.</summary>
    public required DateTimeOffset RestoredAt { get; init; }

    /// <summary>The name under which the restored state is kept.</summary>
    public required string UndoneDatabase { get; init; }
}
