using System.Globalization;
using System.Text;
using Npgsql;

namespace LettaDr.Systems.Tests;

/// <summary>
/// One PostgreSQL server with pgvector for all tests of a collection; each test has databases of its own in it.
/// A collection is defined once: <c>[CollectionDefinition(nameof(X))] public sealed class X : ICollectionFixture&lt;PostgresServer&gt;;</c>
/// </summary>
public class PostgresServer : ContainerFixture
{
    private const string SuperUser = "postgres";
    private const string SuperUserPassword = "test";

    /// <summary>A small database: all 49 tables with rows, seeded in about a second.</summary>
    internal static LettaSeedSize Small { get; } = new() { Agents = 5, Messages = 600, Passages = 40 };

    private Task<LettaDeployment>? _unchanged;
    private bool _isAlone;

    internal DeploymentContainer Container { get; private set; } = null!;

    internal DockerEngine Docker => Engine;

    /// <summary>A new database as Letta's init.sql sets it up, with the 49 tables and rows; the deployment bears its name.</summary>
    /// <param name="size">How much it holds; <see cref="Small"/> when null.</param>
    /// <param name="name">The database's name; a new one when null.</param>
    internal async Task<LettaDeployment> CreateLettaDatabaseAsync(LettaSeedSize? size = null, string? name = null)
    {
        var deployment = await CreateDatabaseAsync(name);
        await LettaSchema.CreateAsync(ConnectionString(deployment), CancellationToken.None);
        await LettaSeeder.SeedAsync(ConnectionString(deployment), size ?? Small, null, CancellationToken.None);
        return deployment;
    }

    /// <summary>One small database for all tests of the collection that change nothing in it.</summary>
    internal Task<LettaDeployment> UnchangedLettaDatabaseAsync() => _unchanged ??= CreateLettaDatabaseAsync();

    /// <summary>A server of its own for one test, which may kill it; disposed of by <see cref="ContainerFixture.DisposeAsync"/>.</summary>
    internal static async Task<PostgresServer> StartNewAsync()
    {
        var server = new PostgresServer { _isAlone = true };
        await server.InitializeAsync();
        return server;
    }

    /// <summary>A new database as Letta's init.sql sets it up: the schema of its name, the extension, and no table.</summary>
    internal async Task<LettaDeployment> CreateDatabaseAsync(string? name = null)
    {
        var database = name ?? NewName();
        using var script = new MemoryStream(Encoding.UTF8.GetBytes(SandboxSql.Init));
        var result = await Engine.ExecAsync(
            Container.Id!, ["psql", "-X", "-q", "-w", "-U", SuperUser, "-d", "postgres", "-f", "-"],
            new Dictionary<string, string> { ["POSTGRES_DB"] = database }, script, null, null, CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.StandardError);
        return Deployment(database);
    }

    /// <summary>The deployment of a database, whether it is there or not, for another role if told.</summary>
    internal LettaDeployment Deployment(string database, string? user = null, string? password = null) => new()
    {
        Name = database,
        Database = new DatabaseEndpoint
        {
            Host = Container.Address!, Port = 5432, Database = database, UserName = user ?? SuperUser,
            Password = new Secret(password ?? SuperUserPassword), Container = Container,
        },
        Containers = [Container],
    };

    /// <summary>A new name for a database, a role or a deployment.</summary>
    internal static string NewName(string prefix = "letta") =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}_{Guid.NewGuid():N}")[..(prefix.Length + 9)];

    /// <summary>A role that may log in; its password is its name.</summary>
    internal async Task<string> CreateRoleAsync(string attributes = "")
    {
        var role = NewName("role");
        await ExecuteAsync(Deployment("postgres"), $"CREATE ROLE {role} LOGIN PASSWORD '{role}' {attributes}");
        return role;
    }

    internal static string ConnectionString(LettaDeployment deployment) => new NpgsqlConnectionStringBuilder
    {
        Host = deployment.Database.Host, Port = deployment.Database.Port, Database = deployment.Database.Database,
        Username = deployment.Database.UserName, Password = deployment.Database.Password!.Reveal(), Pooling = false, CommandTimeout = 120,
    }.ConnectionString;

    internal static async Task<NpgsqlConnection> OpenAsync(LettaDeployment deployment)
    {
        var connection = new NpgsqlConnection(ConnectionString(deployment));
        await connection.OpenAsync();
        return connection;
    }

    internal static async Task ExecuteAsync(LettaDeployment deployment, string sql)
    {
        await using var connection = await OpenAsync(deployment);
        await PostgresConnector.ExecuteAsync(connection, sql, CancellationToken.None);
    }

    /// <summary>The one field of the one row, as text.</summary>
    internal static Task<string> ValueAsync(LettaDeployment deployment, string sql) => Query.ValueAsync(ConnectionString(deployment), sql);

    /// <summary>The rows, their fields joined by tabs.</summary>
    internal static Task<List<string>> LinesAsync(LettaDeployment deployment, string sql) => Query.LinesAsync(ConnectionString(deployment), sql);

    /// <summary>Runs a shell script in the container as root; its output.</summary>
    internal async Task<string> ShellAsync(string script, IReadOnlyDictionary<string, string>? environment = null)
    {
        using var output = new MemoryStream();
        var result = await Engine.ExecAsync(Container.Id!, ["sh", "-ec", script], environment, null, output, null, CancellationToken.None);
        Assert.True(result.ExitCode == 0, $"{script}\nended with {result.ExitCode}: {result.StandardError}");
        return Encoding.UTF8.GetString(output.ToArray());
    }

    /// <summary>The server's settings; those of the default make it quick.</summary>
    protected virtual IReadOnlyList<string> Settings => ["fsync=off", "full_page_writes=off", "max_connections=200", "autovacuum=off"];

    /// <summary>What is run.</summary>
    private protected virtual DockerRunRequest Request => new()
    {
        Image = TestImages.Postgres,
        Environment = new Dictionary<string, string> { ["POSTGRES_USER"] = SuperUser, ["POSTGRES_PASSWORD"] = SuperUserPassword },
        Command = [.. Settings.SelectMany(setting => (string[])["-c", setting])],
        ShmSizeBytes = 256L << 20,
    };

    protected override async Task StartAsync()
    {
        var id = await RunAsync(_isAlone ? Request with { Network = await CreateNetworkAsync() } : Request);
        await new SandboxReadiness(Engine).CommandAsync(id, ["pg_isready", "-q", "-h", "127.0.0.1"], CancellationToken.None);
        Container = await Engine.InspectAsync(id, CancellationToken.None);
    }
}
