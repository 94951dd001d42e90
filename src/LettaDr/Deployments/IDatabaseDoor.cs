namespace LettaDr;

/// <summary>Whether a deployment's database lets connections in: its door, worked from another database of the same server.</summary>
internal interface IDatabaseDoor : IAsyncDisposable
{
    /// <summary>What stands at the door now.</summary>
    /// <exception cref="LettaDrException">The server cannot be reached, or it has no such database.</exception>
    Task<DatabaseDoorState> InspectAsync(CancellationToken cancellationToken);

    /// <summary>Keeps other maintenance of this database away until this is disposed of, or its process dies.</summary>
    /// <exception cref="LettaDrException">Another process is entering or leaving maintenance.</exception>
    Task LockAsync(CancellationToken cancellationToken);

    /// <summary>Lets connections in or refuses them, superusers' too, and changes the comment, both at once.</summary>
    Task SetAsync(bool allowConnections, string? comment, CancellationToken cancellationToken);

    /// <summary>Who is connected to the database.</summary>
    Task<IReadOnlyList<DatabaseSession>> SessionsAsync(CancellationToken cancellationToken);

    /// <summary>Ends all sessions on the database; those that do not end in time, or may not be ended by this role, remain.</summary>
    /// <returns>How many were ended.</returns>
    Task<int> EndSessionsAsync(CancellationToken cancellationToken);
}
