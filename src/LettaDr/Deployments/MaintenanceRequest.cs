namespace LettaDr;

/// <summary>How a deployment is to enter maintenance.</summary>
internal sealed record MaintenanceRequest
{
    /// <summary>Why; kept with the note.</summary>
    public string? Reason { get; init; }

    /// <summary>Leaves the database open: only the server is stopped.</summary>
    public bool AllowConnections { get; init; }

    /// <summary>Ends sessions that are connected to the database.</summary>
    public bool DisconnectSessions { get; init; }
}
