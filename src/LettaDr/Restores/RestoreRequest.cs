namespace LettaDr;

/// <summary>What a database restore is asked to do.</summary>
internal sealed record RestoreRequest
{
    public required LettaDeployment Deployment { get; init; }

    public required Backup Backup { get; init; }

    /// <summary>Name of the database to restore as; the deployment's own unless told otherwise.</summary>
    public required string TargetDatabase { get; init; }

    /// <summary>Role that is to own everything; null keeps the owners of the set.</summary>
    public string? Owner { get; init; }

    /// <summary>Connections and processes at once.</summary>
    public int Jobs { get; init; } = 2;

    /// <summary>Ends sessions on the live database at the swap instead of refusing.</summary>
    public bool DisconnectSessions { get; init; }

    /// <summary>Drops the replaced database after the swap.</summary>
    public bool DiscardPrevious { get; init; }

    /// <summary>Makes roles that the set names and the server lacks, without password and login.</summary>
    public bool CreateMissingRoles { get; init; }

    /// <summary>Takes a set of another deployment, or a live database of another cluster, for what it is.</summary>
    public bool AllowOtherCluster { get; init; }
}
