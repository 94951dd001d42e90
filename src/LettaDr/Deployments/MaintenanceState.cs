namespace LettaDr;

/// <summary>What <c>Enter-LettaMaintenance</c> and <c>Exit-LettaMaintenance</c> left a deployment in.</summary>
public sealed record MaintenanceState
{
    /// <summary>The deployment's name.</summary>
    public required string Deployment { get; init; }

    /// <summary>Whether it is in maintenance now.</summary>
    public required bool Active { get; init; }

    /// <summary>When it entered maintenance (UTC); null when it was in none.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Why, in the words of whoever entered it.</summary>
    public string? Reason { get; init; }

    /// <summary>The database, as <c>host:port/name</c>.</summary>
    public required string Database { get; init; }

    /// <summary>Whether the database refuses new connections, superusers' too; null when the server could not be asked.</summary>
    public bool? DatabaseClosed { get; init; }

    /// <summary>Containers of the Letta server that maintenance stopped; on leaving, those that run again.</summary>
    public IReadOnlyList<string> Containers { get; init; } = [];

    /// <summary>Sessions that are still connected to the database, the caller's own not among them.</summary>
    public IReadOnlyList<DatabaseSession> Sessions { get; init; } = [];

    /// <summary>How many sessions were ended.</summary>
    public int SessionsEnded { get; init; }

    /// <summary>What could not be done and remains for the user, one sentence each; none when all was done.</summary>
    public IReadOnlyList<string> Remaining { get; init; } = [];

    /// <summary>How long it took; on leaving, until the server answered a real query.</summary>
    public TimeSpan Duration { get; init; }
}
