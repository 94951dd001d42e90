using Npgsql;

namespace LettaDr.Systems.Tests;

public sealed class LettaInitTests(LettaTestServer server) : IClassFixture<LettaTestServer>
{
    private const string Everything = """
        SELECT current_schema(), current_setting('search_path'),
               (SELECT nspname FROM pg_extension JOIN pg_namespace AS n ON n.oid = extnamespace WHERE extname = 'vector'),
               (SELECT count(*) FROM pg_namespace WHERE nspname = 'public'),
               (SELECT rolname FROM pg_namespace JOIN pg_roles AS r ON r.oid = nspowner WHERE nspname = current_schema())
        """;

    [DockerFact(TestImages.Postgres)]
    public async Task The_schema_bears_the_databases_name_and_is_all_there_is()
    {
        var database = await server.CreateDatabaseAsync("prod-2 \"β\"");

        Assert.Equal("prod-2 \"β\"\t\"prod-2 \"\"β\"\"\"\tprod-2 \"β\"\t0\tpostgres", await Query.ValueAsync(database, Everything));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task Without_secrets_and_environment_everything_is_called_letta()
    {
        await server.InitializeAsync(
            ["env", "-u", "POSTGRES_USER", "-u", "POSTGRES_PASSWORD", "-u", "POSTGRES_DB", "psql", "-X", "-q", "-U", "postgres", "-d", "postgres", "-f", "-"]);

        Assert.Equal("letta\tletta\tletta\t0\tletta", await Query.ValueAsync(server.ConnectionString("letta", "letta", "letta"), Everything));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task Docker_secrets_come_before_the_environment()
    {
        await server.ShellAsync(
            "mkdir -p /var/run/secrets && cd /var/run/secrets && printf keeper >letta-user && printf \"it's me\" >letta-password && printf vault >letta-db");
        try
        {
            await server.InitializeAsync(
                ["psql", "-X", "-q", "-U", "postgres", "-d", "postgres", "-f", "-"],
                new Dictionary<string, string> { ["POSTGRES_USER"] = "nobody", ["POSTGRES_PASSWORD"] = "none", ["POSTGRES_DB"] = "nowhere" });
        }
        finally
        {
            await server.ShellAsync("rm -r /var/run/secrets");
        }

        Assert.Equal("vault\tvault\tvault\t0\tkeeper", await Query.ValueAsync(server.ConnectionString("vault", "keeper", "it's me"), Everything));
        var refused = await Assert.ThrowsAsync<PostgresException>(
            () => Query.ValueAsync(server.ConnectionString("vault", "keeper", "none"), Everything));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
    }
}
