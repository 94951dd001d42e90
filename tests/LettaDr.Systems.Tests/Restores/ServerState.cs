namespace LettaDr.Systems.Tests;

/// <summary>What a restore that is refused must leave as it was: databases, roles, every row, and the container's own files.</summary>
internal sealed record ServerState(string Databases, string Roles, string Files, string Rows)
{
    private const string DatabaseList = """
        SELECT d.oid, d.datname, r.rolname, d.datacl, d.datconnlimit, shobj_description(d.oid, 'pg_database'), s.setconfig
        FROM pg_database AS d JOIN pg_roles AS r ON r.oid = d.datdba LEFT JOIN pg_db_role_setting AS s ON s.setdatabase = d.oid
        ORDER BY d.datname, s.setrole
        """;

    /// <summary>The state of a server and, where <paramref name="live"/> is a database of it, of all rows in there.</summary>
    public static async Task<ServerState> ReadAsync(PostgresServer server, LettaDeployment? live, DatabaseInventory? inventory)
    {
        var maintenance = server.Deployment("postgres");
        return new ServerState(
            string.Join('\n', await PostgresServer.LinesAsync(maintenance, DatabaseList.Replace("s.setconfig", "s.setconfig::text", StringComparison.Ordinal).Replace("d.datacl", "d.datacl::text", StringComparison.Ordinal))),
            string.Join('\n', await PostgresServer.LinesAsync(maintenance, "SELECT rolname, rolsuper, rolcanlogin, rolcreatedb FROM pg_roles ORDER BY 1")),
            await server.ShellAsync("ls /tmp"),
            live is null ? string.Empty : await RowsAsync(live, inventory!));
    }

    public static async Task<string> RowsAsync(LettaDeployment live, DatabaseInventory inventory)
    {
        var read = await LettaOperations.FingerprintAsync(inventory, live);
        return string.Join('\n', read.Tables.Select(table => $"{table}: {table.Fingerprint}"));
    }
}
