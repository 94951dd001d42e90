using System.Text;

namespace LettaDr.Systems;

/// <summary>Makes restore points.</summary>
internal static class RestorePoints
{
    private const string Create = """
        SELECT pg_catalog.pg_create_restore_point($1)::text, pg_catalog.clock_timestamp(),
            (SELECT system_identifier::text FROM pg_catalog.pg_control_system())
        """;

    private const string May = """
        SELECT pg_catalog.has_function_privilege('pg_catalog.pg_create_restore_point(text)', 'EXECUTE'),
            pg_catalog.current_setting('wal_level'), pg_catalog.pg_is_in_recovery()
        """;

    /// <exception cref="LettaDrException">PostgreSQL would cut the name.</exception>
    public static void Check(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) > PostgresName.MaxBytes)
        {
            throw new LettaDrException(
                "RestorePointNameTooLong", FaultKind.InvalidArgument, $"The name '{name}' has {Encoding.UTF8.GetByteCount(name)} bytes, and PostgreSQL keeps {PostgresName.MaxBytes}.",
                "Give a shorter one.", name);
        }
    }

    /// <summary>Makes one.</summary>
    /// <exception cref="LettaDrException">The role may not, the server is a standby, or its log is too small for recoveries.</exception>
    public static async Task<RestorePoint> AddAsync(LettaDeployment deployment, string name, CancellationToken cancellationToken)
    {
        Check(name);
        var endpoint = deployment.Database;
        await using var connection = await new PostgresConnector(endpoint, OperationId.Next()).OpenMaintenanceAsync(cancellationToken).ConfigureAwait(false);
        return await PostgresFaults.GuardAsync(endpoint, async () =>
        {
            var (may, level, standby) = (await PostgresConnector.QueryAsync(
                connection, May, row => (row.GetBoolean(0), row.GetString(1), row.GetBoolean(2)), cancellationToken).ConfigureAwait(false))[0];
            Require(endpoint, may, level, standby);
            return (await PostgresConnector.QueryAsync(
                connection, Create,
                row => new RestorePoint
                {
                    Name = name, Deployment = deployment.Name, Lsn = Lsn.Parse(row.GetString(0)), Time = row.GetFieldValue<DateTimeOffset>(1),
                    SystemIdentifier = row.IsDBNull(2) ? null : row.GetString(2),
                },
                cancellationToken, name).ConfigureAwait(false))[0];
        }).ConfigureAwait(false);
    }

    private static void Require(DatabaseEndpoint endpoint, bool may, string level, bool standby)
    {
        if (standby)
        {
            throw new LettaDrException(
                "ServerIsStandby", FaultKind.Incompatible, $"The server {endpoint.Host}:{endpoint.Port} is a standby, and writes no log of its own.",
                "Add the restore point on the primary.", endpoint);
        }

        if (!may)
        {
            throw new LettaDrException(
                "RestorePointNotAllowed", FaultKind.PermissionDenied, $"The role {endpoint.UserName} on {endpoint.Host}:{endpoint.Port} may not make restore points.",
                $"Connect as a superuser (-Credential), or: GRANT EXECUTE ON FUNCTION pg_create_restore_point(text) TO {endpoint.UserName}.", endpoint);
        }

        if (level == "minimal")
        {
            throw new LettaDrException(
                "LogTooSmall", FaultKind.Incompatible, $"The server {endpoint.Host}:{endpoint.Port} runs with wal_level = minimal, whose log recovers nothing.",
                "Set wal_level = replica, and restart the server.", endpoint);
        }
    }
}
