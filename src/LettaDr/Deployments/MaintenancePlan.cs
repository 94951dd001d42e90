namespace LettaDr;

/// <summary>What entering or leaving maintenance finds before it changes anything.</summary>
internal sealed record MaintenancePlan
{
    /// <summary>The note of an earlier entering; null when the deployment is in no maintenance.</summary>
    public MaintenanceNote? Note { get; init; }

    /// <summary>Containers of the server that run.</summary>
    public IReadOnlyList<StoppedContainer> Running { get; init; } = [];

    /// <summary>The database's door; null when its server does not answer or the database is not there.</summary>
    public DatabaseDoorState? Door { get; init; }

    /// <summary>Who is connected.</summary>
    public IReadOnlyList<DatabaseSession> Sessions { get; init; } = [];

    /// <summary>What cannot be done, one sentence each.</summary>
    public IReadOnlyList<string> Remaining { get; init; } = [];
}
