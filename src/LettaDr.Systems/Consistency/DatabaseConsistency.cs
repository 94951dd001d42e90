using System.Runtime.CompilerServices;
using Npgsql;

namespace LettaDr.Systems;

/// <summary>The checks of a deployment's database: each reads in one snapshot of its own, and none can write.</summary>
/// <param name="endpoint">The database.</param>
/// <param name="expected">The inventory of a set to compare with; null when there is none.</param>
/// <param name="checks">The checks; null for those of Test-LettaConsistency.</param>
internal sealed class DatabaseConsistency(
    DatabaseEndpoint endpoint, DatabaseInventory? expected, IReadOnlyList<IDatabaseCheck>? checks = null) : IConsistencyProbe
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMilliseconds(300);

    private static readonly IReadOnlyList<IDatabaseCheck> Checks =
    [
        new PreparedTransactionsCheck(), new ForeignKeysHoldCheck(), new ConstraintsValidCheck(), new IndexesValidCheck(), new BTreesSoundCheck(),
        new PageChecksumsCheck(), new SequencesAheadCheck(), new AlembicRevisionCheck(), new SearchPathCheck(), new ExtensionVersionsCheck(),
        new CollationVersionsCheck(), new VectorDimensionsCheck(), new VectorsFiniteCheck(), new VectorRecallCheck(),
        new MessageIdsResolveCheck(), new EncryptedColumnsAreEncryptedCheck(),
    ];

    /// <summary>The names of the checks in their order.</summary>
    public static IReadOnlyList<string> CheckNames { get; } = [.. Checks.Select(check => check.Name)];

    private readonly IReadOnlyList<IDatabaseCheck> _checks = checks ?? Checks;

    /// <inheritdoc/>
    public IReadOnlyList<string> Names => [.. _checks.Select(check => check.Name)];

    /// <inheritdoc/>
    public async IAsyncEnumerable<CheckResult> RunAsync(
        IReadOnlySet<string> wanted, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var session = new ConsistencySession(endpoint, expected, new ProgressMeter(observer, $"Testing {endpoint.Database}"));
        foreach (var check in _checks.Where(check => wanted.Contains(check.Name)))
        {
            yield return await Check.RunAsync(
                check.Name, endpoint.ToString(), () => RunAsync(check, session, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Check> RunAsync(IDatabaseCheck check, ConsistencySession session, CancellationToken cancellationToken)
    {
        if (check is PageChecksumsCheck && OfflineChecksums.Apply(endpoint))
        {
            session.Meter.Stage("pg_checksums");
            return await PageChecksumsCheck.RunOfflineAsync(endpoint, cancellationToken).ConfigureAwait(false);
        }

        if (session.Lost)
        {
            return Check.NotRun("There is no connection to the database to ask by.", "See the first check that failed.");
        }

        session.Meter.Stage(check.Name);
        using var alive = new Timer(_ => session.Meter.Add(0), null, Heartbeat, Heartbeat);
        try
        {
            await session.BeginAsync(cancellationToken).ConfigureAwait(false);
            return await check.RunAsync(session, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not LettaDrException && !cancellationToken.IsCancellationRequested
            && PostgresFaults.Translate(failure, endpoint) is not null)
        {
            return Explain(failure);
        }
        finally
        {
            await session.EndAsync().ConfigureAwait(false);
        }
    }

    /// <summary>What a failure of the server says about the check that met it.</summary>
    private Check Explain(Exception failure) => failure switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } refused => Check.NotRun(
            $"{endpoint.UserName} lacks a right that this check needs: {refused.MessageText}.",
            "Connect as a superuser or as the owner of the database (-Credential)."),
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } locked => Check.NotRun(
            $"A table of {endpoint.Database} stayed locked by another session: {locked.MessageText}.",
            "Wait until the migration or maintenance that holds it has ended (pg_locks shows it), then run the check again."),
        PostgresException { SqlState: PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted } damaged => Check.Failed(
            $"PostgreSQL met damaged data: {damaged.MessageText}.",
            "Stop whoever writes, keep a copy of the data directory, and restore the newest proven set (Restore-LettaDatabase)."),
        PostgresException other => Check.Failed(
            $"PostgreSQL reported {other.SqlState}: {other.MessageText}.", "The server's log has more; Test-LettaConsistency has changed nothing."),
        _ => throw PostgresFaults.Translate(failure, endpoint)!,
    };
}
