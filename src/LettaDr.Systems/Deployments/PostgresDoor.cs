using Npgsql;

namespace LettaDr.Systems;

/// <summary>A database's door on a PostgreSQL server, worked by one session in another database of it.</summary>
internal sealed class PostgresDoor(DatabaseEndpoint endpoint, string operationId) : IDatabaseDoor
{
    private static readonly TimeSpan EndingLimit = TimeSpan.FromSeconds(10);
    private readonly PostgresConnector _connector = new(endpoint, operationId);
    private NpgsqlConnection? _connection;

    /// <inheritdoc/>
    public async Task<DatabaseDoorState> InspectAsync(CancellationToken cancellationToken)
    {
        var found = await QueryAsync(
            """
            SELECT d.datallowconn, pg_catalog.shobj_description(d.oid, 'pg_database'), pg_catalog.pg_has_role(d.datdba, 'USAGE')
            FROM pg_catalog.pg_database AS d WHERE d.datname = $1
            """,
            row => new DatabaseDoorState(row.GetBoolean(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetBoolean(2)), cancellationToken).ConfigureAwait(false);
        return found.Count > 0 ? found[0] : throw new LettaDrException(
            "DatabaseNotFound", FaultKind.NotFound, $"There is no database {endpoint.Database} on {endpoint.Host}:{endpoint.Port}.",
            "Check its name; after a loss, restore it with Restore-LettaDatabase.", endpoint);
    }

    /// <inheritdoc/>
    public async Task LockAsync(CancellationToken cancellationToken)
    {
        // The session holds it, and ends with this process.
        var taken = await QueryAsync(
            "SELECT pg_catalog.pg_try_advisory_lock(pg_catalog.hashtextextended('lettadr-maintenance:' || $1, 0))",
            row => row.GetBoolean(0), cancellationToken).ConfigureAwait(false);
        if (!taken[0])
        {
            throw new LettaDrException(
                "MaintenanceBusy", FaultKind.Busy, $"Another process is entering or leaving the maintenance of {endpoint.Database} on {endpoint.Host}:{endpoint.Port}.",
                "Wait until it has ended; its lock goes with its process.", endpoint);
        }
    }

    /// <inheritdoc/>
    public async Task SetAsync(bool allowConnections, string? comment, CancellationToken cancellationToken)
    {
        var name = PostgresName.Quote(endpoint.Database);
        var connection = await ConnectionAsync(cancellationToken).ConfigureAwait(false);
        await GuardAsync(async () =>
        {
            await PostgresConnector.ExecuteAsync(
                connection,
                $"""
                BEGIN;
                ALTER DATABASE {name} ALLOW_CONNECTIONS {(allowConnections ? "true" : "false")};
                COMMENT ON DATABASE {name} IS {(comment is null ? "NULL" : PostgresName.Literal(comment))};
                COMMIT
                """,
                cancellationToken).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DatabaseSession>> SessionsAsync(CancellationToken cancellationToken) =>
        await QueryAsync(PostgresSql.Sessions, PostgresSql.SessionOf, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<int> EndSessionsAsync(CancellationToken cancellationToken)
    {
        var before = (await SessionsAsync(cancellationToken).ConfigureAwait(false)).Select(session => session.ProcessId).ToHashSet();
        try
        {
            await QueryAsync(
                """
                SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity
                WHERE datname = $1 AND pid <> pg_catalog.pg_backend_pid() AND backend_type = 'client backend'
                """,
                row => row.GetBoolean(0), cancellationToken).ConfigureAwait(false);
        }
        catch (LettaDrException refused) when (refused.Kind == FaultKind.PermissionDenied)
        {
            // Those of superusers may be ended by superusers alone; who remains is told.
        }

        IReadOnlyList<DatabaseSession> left = [];
        for (var started = DateTime.UtcNow; DateTime.UtcNow - started < EndingLimit; await Task.Delay(50, cancellationToken).ConfigureAwait(false))
        {
            left = await SessionsAsync(cancellationToken).ConfigureAwait(false);
            if (!left.Any(session => before.Contains(session.ProcessId)))
            {
                break;
            }
        }

        return before.Count - left.Count(session => before.Contains(session.ProcessId));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<NpgsqlConnection> ConnectionAsync(CancellationToken cancellationToken) =>
        _connection ??= endpoint.Database == "postgres"
            // A session cannot close the database that it is in.
            ? await _connector.OpenAsync("template1", cancellationToken).ConfigureAwait(false)
            : await _connector.OpenMaintenanceAsync(cancellationToken).ConfigureAwait(false);

    private async Task<List<T>> QueryAsync<T>(string sql, Func<NpgsqlDataReader, T> map, CancellationToken cancellationToken)
    {
        var connection = await ConnectionAsync(cancellationToken).ConfigureAwait(false);
        return await GuardAsync(() => PostgresConnector.QueryAsync(connection, sql, map, cancellationToken, endpoint.Database)).ConfigureAwait(false);
    }

    private Task<T> GuardAsync<T>(Func<Task<T>> work) => PostgresFaults.GuardAsync(endpoint, work);
}
