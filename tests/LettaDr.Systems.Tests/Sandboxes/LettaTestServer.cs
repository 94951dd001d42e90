using Npgsql;

namespace LettaDr.Systems.Tests;

/// <summary>A PostgreSQL server in which letta-init.sql sets up one database after another.</summary>
public sealed class LettaTestServer : ContainerFixture
{
    private string _container = string.Empty;
    private string _host = string.Empty;

    internal bool Started => _host.Length > 0;

    /// <summary>A database of that name, set up by letta-init.sql; its connection string.</summary>
    internal async Task<string> CreateDatabaseAsync(string name)
    {
        await InitializeAsync(
            ["psql", "-X", "-q", "-U", "postgres", "-d", "postgres", "-f", "-"], new Dictionary<string, string> { ["POSTGRES_DB"] = name });
        return ConnectionString(name);
    }

    internal async Task InitializeAsync(IReadOnlyList<string> psql, IReadOnlyDictionary<string, string>? environment = null)
    {
        using var script = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(SandboxSql.Init));
        var result = await Engine.ExecAsync(_container, psql, environment, script, null, null, CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.StandardError);
    }

    internal async Task ShellAsync(string script)
    {
        var result = await Engine.ExecAsync(_container, ["sh", "-ec", script], null, null, null, null, CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.StandardError);
    }

    internal string ConnectionString(string database, string user = "postgres", string password = "test") => new NpgsqlConnectionStringBuilder
    {
        Host = _host, Database = database, Username = user, Password = password, Pooling = false,
    }.ConnectionString;

    protected override async Task StartAsync()
    {
        _container = await RunAsync(new DockerRunRequest
        {
            Image = TestImages.Postgres,
            Environment = new Dictionary<string, string> { ["POSTGRES_USER"] = "postgres", ["POSTGRES_PASSWORD"] = "test" },
        });
        await new SandboxReadiness(Engine).CommandAsync(_container, ["pg_isready", "-q", "-h", "127.0.0.1"], CancellationToken.None);
        _host = (await Engine.InspectAsync(_container, CancellationToken.None)).Address!;
    }
}
