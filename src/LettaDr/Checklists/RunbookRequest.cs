namespace LettaDr;

/// <summary>How a runbook is to be run.</summary>
internal sealed record RunbookRequest
{
    /// <summary>The deployment's name.</summary>
    public required string Deployment { get; init; }

    /// <summary>The database's name.</summary>
    public required string Database { get; init; }

    /// <summary>Complete sets of it that hold the database, the newest first.</summary>
    public required IReadOnlyList<Backup> Sets { get; init; }

    /// <summary>The set to restore, proven or not; null takes the newest proven one.</summary>
    public Backup? Backup { get; init; }

    /// <summary>Restores though no table is damaged.</summary>
    public bool Force { get; init; }

    /// <summary>Identifies the run.</summary>
    public required string OperationId { get; init; }
}
