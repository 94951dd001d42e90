using System.Text;

namespace LettaDr.Systems.Tests;

/// <summary>
/// A server with checksums, prepared transactions and amcheck, and in it a pristine Letta database that each test gets a copy
/// of. The schema of the copies is named otherwise than they are.
/// </summary>
public sealed class ConsistencyServer : ContainerFixture
{
    internal const string Schema = "letta";
    private const string Template = "letta";

    internal DeploymentContainer Container { get; private set; } = null!;

    internal LettaDeployment Deployment(string database, string? user = null) => new()
    {
        Name = database,
        Database = new DatabaseEndpoint
        {
            Host = Container.Address!, Database = database, UserName = user ?? "postgres", Password = new Secret(user ?? "test"), Container = Container,
        },
        Containers = [Container],
    };

    /// <summary>A copy of the pristine database, or of another.</summary>
    internal async Task<LettaDeployment> CopyAsync(string? of = null, string? name = null)
    {
        var copy = name ?? PostgresServer.NewName();
        var quoted = PostgresName.Quote(copy);
        await PostgresServer.ExecuteAsync(Deployment("postgres"), $"CREATE DATABASE {quoted} TEMPLATE {of ?? Template} STRATEGY file_copy");
        await PostgresServer.ExecuteAsync(Deployment("postgres"), $"ALTER DATABASE {quoted} SET search_path TO {Schema}");
        return Deployment(copy);
    }

    /// <summary>A role that may log in and nothing else; its password is its name.</summary>
    internal async Task<string> CreateRoleAsync()
    {
        var role = PostgresServer.NewName("role");
        await PostgresServer.ExecuteAsync(Deployment("postgres"), $"CREATE ROLE {role} LOGIN PASSWORD '{role}'");
        return role;
    }

    internal async Task ShellAsync(string script)
    {
        var result = await Engine.ExecAsync(Container.Id!, ["sh", "-ec", script], null, null, null, null, CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.StandardError);
    }

    protected override async Task StartAsync()
    {
        var id = await RunAsync(new DockerRunRequest
        {
            Image = TestImages.Postgres,
            Environment = new Dictionary<string, string> { ["POSTGRES_PASSWORD"] = "test", ["POSTGRES_INITDB_ARGS"] = "--data-checksums" },
            Command = ["-c", "fsync=off", "-c", "autovacuum=off", "-c", "max_prepared_transactions=5"],
        });
        await new SandboxReadiness(Engine).CommandAsync(id, ["pg_isready", "-q", "-h", "127.0.0.1"], CancellationToken.None);
        Container = await Engine.InspectAsync(id, CancellationToken.None);
        using var script = new MemoryStream(Encoding.UTF8.GetBytes(SandboxSql.Init));
        var made = await Engine.ExecAsync(
            id, ["psql", "-X", "-q", "-w", "-U", "postgres", "-d", "postgres", "-f", "-"],
            new Dictionary<string, string> { ["POSTGRES_DB"] = Template, ["POSTGRES_USER"] = "postgres" }, script, null, null, CancellationToken.None);
        Assert.True(made.ExitCode == 0, made.StandardError);
        var text = PostgresServer.ConnectionString(Deployment(Template));
        await LettaSchema.CreateAsync(text, CancellationToken.None);
        await LettaSeeder.SeedAsync(text, PostgresServer.Small, null, CancellationToken.None);
        await PostgresServer.ExecuteAsync(Deployment(Template), "CREATE EXTENSION amcheck");
    }
}
