namespace LettaDr.Systems;

/// <summary>What an archive is asked to be.</summary>
internal sealed record WalArchiveRequest
{
    /// <summary>The deployment whose server's log is received.</summary>
    public required LettaDeployment Deployment { get; init; }

    /// <summary>Time between two heartbeats; whole seconds.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Name of the replication slot.</summary>
    public string Slot { get; init; } = "lettadr";

    /// <summary>Bytes of log that the server may keep for the slot before the receiver gives it up; null for no limit.</summary>
    public long? MaximumSlotSize { get; init; }
}
