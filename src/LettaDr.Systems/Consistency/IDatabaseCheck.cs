namespace LettaDr.Systems;

/// <summary>One check of a database's consistency. It only reads, in the session's own transaction.</summary>
internal interface IDatabaseCheck
{
    /// <summary>Its stable name.</summary>
    string Name { get; }

    /// <summary>Makes the check.</summary>
    /// <param name="session">The database, inside a transaction of one snapshot that cannot write.</param>
    /// <param name="cancellationToken">Cancels what the server does too.</param>
    Task<Check> RunAsync(ConsistencySession session, CancellationToken cancellationToken);
}
