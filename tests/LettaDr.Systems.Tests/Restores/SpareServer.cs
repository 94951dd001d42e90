namespace LettaDr.Systems.Tests;

/// <summary>A PostgreSQL server for one test: smaller, without something, or there to be killed.</summary>
internal sealed class SpareServer(Func<DockerRunRequest, DockerRunRequest>? change = null) : ContainerFixture, IAsyncDisposable
{
    private const string Password = "test";

    public DeploymentContainer Container { get; private set; } = null!;

    public LettaDeployment Deployment(string database, string? user = null, string? password = null) => new()
    {
        Name = database,
        Database = new DatabaseEndpoint
        {
            Host = Container.Address!, Port = 5432, Database = database, UserName = user ?? "postgres",
            Password = new Secret(password ?? Password), Container = Container,
        },
        Containers = [Container],
    };

    public Task RunAsync(string shell) => RunAsync(shell, user: null);

    public async Task RunAsync(string shell, string? user)
    {
        var result = await Engine.ExecAsync(Container.Id!, ["sh", "-ec", shell], null, null, null, user, CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.StandardError);
    }

    public Task KillAsync() => Engine.Containers.KillAsync(Container.Id!, CancellationToken.None);

    public async Task StartAgainAsync()
    {
        await Engine.Containers.StartAsync(Container.Id!, CancellationToken.None);
        await WaitAsync(Container.Id!);
    }

    ValueTask IAsyncDisposable.DisposeAsync() => new(DisposeAsync());

    protected override async Task StartAsync()
    {
        var request = new DockerRunRequest
        {
            Image = TestImages.Postgres,
            Environment = new Dictionary<string, string> { ["POSTGRES_PASSWORD"] = Password },
            Command = ["-c", "fsync=off"],
        };
        await WaitAsync(await RunAsync(change is null ? request : change(request)));
    }

    private async Task WaitAsync(string id)
    {
        await new SandboxReadiness(Engine).CommandAsync(id, ["pg_isready", "-q", "-h", "127.0.0.1"], CancellationToken.None);
        Container = await Engine.InspectAsync(id, CancellationToken.None);
    }
}
