namespace LettaDr;

/// <summary>What a recovery of a whole cluster is asked to do.</summary>
internal sealed record ClusterRestoreRequest
{
    public required LettaDeployment Deployment { get; init; }

    public required RecoveryPlan Plan { get; init; }

    /// <summary>Connections that read at once when rows are compared.</summary>
    public int Jobs { get; init; } = 2;

    /// <summary>Ends sessions instead of refusing.</summary>
    public bool DisconnectSessions { get; init; }

    /// <summary>Removes the replaced cluster's files.</summary>
    public bool DiscardPrevious { get; init; }

    /// <summary>Replaces a cluster with tables that the copy is not of.</summary>
    public bool AllowOtherCluster { get; init; }
}
