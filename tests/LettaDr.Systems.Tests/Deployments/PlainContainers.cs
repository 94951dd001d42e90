namespace LettaDr.Systems.Tests;

/// <summary>Containers that Compose knows nothing of: two databases, one of them told its secrets by files, and a server of one.</summary>
public sealed class PlainContainers : ContainerFixture
{
    private readonly TemporaryFolder _folder = new();

    internal DeploymentContainer Database { get; private set; } = null!;

    internal DeploymentContainer Secretive { get; private set; } = null!;

    internal DeploymentContainer Server { get; private set; } = null!;

    protected override async Task StartAsync()
    {
        _folder.Write("password", "from a file\n");
        var network = await CreateNetworkAsync();
        Database = await StartAsync(new DockerRunRequest
        {
            Image = TestImages.Postgres,
            Environment = new Dictionary<string, string> { ["POSTGRES_PASSWORD"] = "hush" },
            Network = network,
            NetworkAliases = ["lonely-db"],
            Ports = new Dictionary<int, int> { [5432] = 0 },
        });
        Secretive = await StartAsync(new DockerRunRequest
        {
            Image = TestImages.Postgres,
            Environment = new Dictionary<string, string> { ["POSTGRES_PASSWORD_FILE"] = "/run/secrets/password", ["POSTGRES_USER"] = "anna" },
            Volumes = [new ContainerVolume("bind", _folder.Path, "/run/secrets", ReadOnly: true)],
        });
        Server = await StartAsync(new DockerRunRequest
        {
            Image = TestImages.Server,
            Entrypoint = ["sleep"],
            Command = ["86400"],
            Environment = new Dictionary<string, string> { ["LETTA_PG_URI"] = "postgresql://postgres:hush@lonely-db/postgres" },
            Network = network,
        });
        foreach (var database in new[] { Database, Secretive })
        {
            await WaitAsync(database);
        }
    }

    private async Task<DeploymentContainer> StartAsync(DockerRunRequest request) =>
        await Engine.InspectAsync(await RunAsync(request), CancellationToken.None);

    /// <summary>Until it listens on TCP, which the server that runs during its set-up does not.</summary>
    private Task WaitAsync(DeploymentContainer database) =>
        new SandboxReadiness(Engine).CommandAsync(database.Id!, ["pg_isready", "-q", "-h", "127.0.0.1"], CancellationToken.None);
}
