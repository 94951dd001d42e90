using System.Text;

namespace LettaDr.Systems.Tests;

/// <summary>A database with one of everything that a dump can lose: objects from <c>odd.sql</c>, and what stands outside of them.</summary>
internal static class OddSchema
{
    public const string Reader = "odd_reader";
    public const string Other = "Odd Rôle";

    public static async Task<LettaDeployment> CreateAsync(PostgresServer server)
    {
        var maintenance = server.Deployment("postgres");
        await CreateRolesAsync(maintenance);
        var deployment = server.Deployment(PostgresServer.NewName("odd's \"db\" = ü🦊"));
        var name = PostgresName.Quote(deployment.Name);
        await PostgresServer.ExecuteAsync(maintenance, $"CREATE DATABASE {name}");
        await RunAsync(server, deployment.Name, "odd.sql");
        await PostgresServer.ExecuteAsync(
            maintenance,
            $"""
            ALTER DATABASE {name} SET search_path TO "Ünï côdé.🦊", public;
            ALTER DATABASE {name} SET default_text_search_config TO 'pg_catalog.german';
            ALTER DATABASE {name} SET statement_timeout TO '20min';
            ALTER DATABASE {name} SET my.own TO 'it''s \ "quoted"';
            ALTER DATABASE {name} SET datestyle TO 'German, DMY';
            ALTER ROLE {Reader} IN DATABASE {name} SET search_path TO public, "$user";
            ALTER ROLE "{Other}" IN DATABASE {name} SET work_mem TO '7MB';
            ALTER DATABASE {name} CONNECTION LIMIT 37;
            COMMENT ON DATABASE {name} IS 'it''s odd \ "so"';
            REVOKE CONNECT, TEMPORARY ON DATABASE {name} FROM PUBLIC;
            GRANT CONNECT ON DATABASE {name} TO {Reader} WITH GRANT OPTION;
            GRANT CREATE, CONNECT ON DATABASE {name} TO "{Other}";
            REVOKE TEMPORARY ON DATABASE {name} FROM CURRENT_USER;
            """);
        return deployment;
    }

    public static Task CreateRolesAsync(LettaDeployment maintenance) => PostgresServer.ExecuteAsync(
        maintenance,
        $"""
        DO $do$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{Reader}') THEN
                CREATE ROLE {Reader};
                CREATE ROLE "{Other}" LOGIN;
            END IF;
        END $do$
        """);

    /// <summary>Feeds one of the scripts here to psql.</summary>
    public static async Task RunAsync(PostgresServer server, string database, string script)
    {
        using var content = typeof(OddSchema).Assembly.GetManifestResourceStream("Restores/" + script)!;
        var result = await server.Docker.ExecAsync(
            server.Container.Id!, ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-U", "postgres", "-d", ProgramConnection.Quote(database), "-f", "-"],
            null, content, null, null, CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.StandardError);
    }

    /// <summary>What stands in the server's own catalogues about a database, a line a fact.</summary>
    public static Task<List<string>> OutsideAsync(PostgresServer server, string database) => PostgresServer.LinesAsync(
        server.Deployment("postgres"),
        $"""
        SELECT concat_ws(' ', 'database', r.rolname, d.datconnlimit, pg_encoding_to_char(d.encoding), d.datcollate, d.datctype, d.datlocprovider, d.datlocale,
            shobj_description(d.oid, 'pg_database'))
        FROM pg_database AS d JOIN pg_roles AS r ON r.oid = d.datdba WHERE d.datname = {PostgresName.Literal(database)}
        UNION ALL
        SELECT 'grant ' || a FROM pg_database, unnest(datacl) AS a WHERE datname = {PostgresName.Literal(database)}
        UNION ALL
        SELECT 'setting ' || s.setrole::regrole || ' ' || u FROM pg_db_role_setting AS s JOIN pg_database AS d ON d.oid = s.setdatabase, unnest(s.setconfig) AS u
        WHERE d.datname = {PostgresName.Literal(database)}
        ORDER BY 1
        """);

    /// <summary>What pg_dump itself says of a database, but for the rows and the version lines: a second opinion.</summary>
    public static async Task<string> DumpAsync(PostgresServer server, string database)
    {
        using var output = new MemoryStream();
        var result = await server.Docker.ExecAsync(
            server.Container.Id!, ["pg_dump", "-U", "postgres", "--schema-only", "--dbname=" + ProgramConnection.Quote(database)],
            null, null, output, null, CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.StandardError);
        return string.Join(
            '\n',
            Encoding.UTF8.GetString(output.ToArray()).Split('\n').Where(line => !line.StartsWith('\\') && !line.StartsWith("--", StringComparison.Ordinal)));
    }
}
