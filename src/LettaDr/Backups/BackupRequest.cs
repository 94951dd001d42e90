namespace LettaDr;

/// <summary>What a database backup is asked to do.</summary>
internal sealed record BackupRequest
{
    public required LettaDeployment Deployment { get; init; }

    public string? Label { get; init; }

    /// <summary>Connections that read at once.</summary>
    public int Jobs { get; init; } = 2;

    /// <summary>zstd's level for rows, and pg_dump's for the archive.</summary>
    public int CompressionLevel { get; init; } = BackupPlanner.DefaultCompressionLevel;

    /// <summary>Leaves all rows to pg_dump.</summary>
    public bool Portable { get; init; }

    /// <summary>Copies the whole cluster physically; null backs up one database logically.</summary>
    public BaseBackupType? Physical { get; init; }

    /// <summary>The set that an incremental copy builds on; null means the newest of the cluster.</summary>
    public Backup? Parent { get; init; }

    /// <summary>Takes a cluster other than the one of the newest set for the deployment's own from now on.</summary>
    public bool AllowOtherCluster { get; init; }
}
