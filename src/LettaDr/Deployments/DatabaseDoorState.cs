namespace LettaDr;

/// <summary>What stands at a database's door.</summary>
/// <param name="AllowsConnections">Whether it takes connections.</param>
/// <param name="Comment">The database's comment.</param>
/// <param name="MayChange">Whether the connected role owns the database, or is a superuser.</param>
internal sealed record DatabaseDoorState(bool AllowsConnections, string? Comment, bool MayChange);
