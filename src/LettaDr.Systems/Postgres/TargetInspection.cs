using System.Diagnostics;
using Npgsql;

namespace LettaDr.Systems;

/// <summary>Reads what a restore must know of the server and of the database that it would replace.</summary>
internal sealed class TargetInspection(
    PostgresConnector connector, NpgsqlConnection maintenance, PostgresPrograms programs, ServerResources resources)
{
    private static readonly TimeSpan HangingUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public async Task<TargetProfile> ReadAsync(string database, CancellationToken cancellationToken)
    {
        var server = connector.Endpoint.Host + ":" + connector.Endpoint.Port;
        var (profile, dataDirectory) = (await PostgresConnector.QueryAsync(
            maintenance, PostgresSql.Target, row => (
                new TargetProfile
                {
                    Server = server, ServerVersion = row.GetString(0), ServerVersionNumber = row.GetInt32(1), IsInRecovery = row.GetBoolean(2),
                    Role = row.GetString(3), IsSuperuser = row.GetBoolean(4), CanCreateDatabases = row.GetBoolean(5),
                },
                row.IsDBNull(6) ? null : row.GetString(6)),
            cancellationToken).ConfigureAwait(false))[0];
        var extensions = await PostgresConnector.QueryAsync(
            maintenance, PostgresSql.TargetExtensions,
            row => (Name: row.GetString(0), Available: new AvailableExtension(row.GetString(1), row.GetFieldValue<string[]>(2), row.GetBoolean(3))),
            cancellationToken).ConfigureAwait(false);
        // Since 16 membership alone does not let a role act as another.
        var acting = profile.ServerVersionNumber >= 160_000 ? "SET" : "MEMBER";
        var roles = await PostgresConnector.QueryAsync(
            maintenance, $"SELECT rolname, pg_catalog.pg_has_role(oid, '{acting}') FROM pg_catalog.pg_roles",
            row => (Name: row.GetString(0), Assumable: row.GetBoolean(1)), cancellationToken).ConfigureAwait(false);
        var existing = await FindAsync(database, cancellationToken).ConfigureAwait(false);
        return profile with
        {
            SystemIdentifier = await PostgresConnector.SystemIdentifierAsync(maintenance, cancellationToken).ConfigureAwait(false),
            Existing = existing is null
                ? null
                : existing with { HasTables = await HasTablesAsync(database, cancellationToken).ConfigureAwait(false) },
            Extensions = extensions.ToDictionary(extension => extension.Name, extension => extension.Available, StringComparer.Ordinal),
            Roles = roles.Select(role => role.Name).ToHashSet(StringComparer.Ordinal),
            AssumableRoles = roles.Where(role => role.Assumable).Select(role => role.Name).ToHashSet(StringComparer.Ordinal),
            FreeBytes = dataDirectory is null ? null : await programs.Host.FreeBytesAsync(dataDirectory, cancellationToken).ConfigureAwait(false),
            MemoryBytes = await resources.MemoryBytesAsync(cancellationToken).ConfigureAwait(false),
            SharedMemoryBytes = await resources.SharedMemoryBytesAsync(cancellationToken).ConfigureAwait(false),
        };
    }

    private async Task<TargetDatabase?> FindAsync(string database, CancellationToken cancellationToken)
    {
        var found = await PostgresConnector.QueryAsync(
            maintenance,
            """
            SELECT r.rolname, pg_catalog.shobj_description(d.oid, 'pg_database')
            FROM pg_catalog.pg_database AS d JOIN pg_catalog.pg_roles AS r ON r.oid = d.datdba WHERE d.datname = $1
            """,
            row => new TargetDatabase { Name = database, Owner = row.GetString(0), Comment = row.IsDBNull(1) ? null : row.GetString(1) },
            cancellationToken, database).ConfigureAwait(false);
        if (found.Count == 0)
        {
            return null;
        }

        // Who has just hung up is listed until the server has noticed; it waits for these itself before it renames a database.
        var clock = Stopwatch.StartNew();
        var sessions = await SessionsAsync(database, cancellationToken).ConfigureAwait(false);
        while (sessions.Count > 0 && clock.Elapsed < HangingUp)
        {
            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
            sessions = await SessionsAsync(database, cancellationToken).ConfigureAwait(false);
        }

        return found[0] with { Sessions = sessions };
    }

    private Task<List<DatabaseSession>> SessionsAsync(string database, CancellationToken cancellationToken) => PostgresConnector.QueryAsync(
        maintenance, PostgresSql.Sessions, PostgresSql.SessionOf, cancellationToken, database);

    private async Task<bool> HasTablesAsync(string database, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await connector.OpenAsync(database, cancellationToken).ConfigureAwait(false);
            await using var closing = connection.ConfigureAwait(false);
            return await PostgresConnector.ScalarAsync<bool>(connection, PostgresSql.HasTables, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception damaged) when (damaged is LettaDrException or NpgsqlException)
        {
            // A database too damaged to be read is the very thing that is restored over; it is taken to hold something.
            return true;
        }
    }
}
