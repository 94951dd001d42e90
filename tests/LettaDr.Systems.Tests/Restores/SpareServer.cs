using Docker.DotNet.Models;

namespace LettaDr.Systems.Tests;

/// <summary>A PostgreSQL server for one test: smaller, without something, or there to be killed.</summary>
internal sealed class SpareServer(Func<DockerRunRequest, DockerRunRequest>? change = null, int? diskMegabytes = null) : ContainerFixture, IAsyncDisposable
{
    private const string DataDirectory = "/var/lib/postgresql/data";
    private const string Password = "test";
    private readonly string _disk = UniqueName("disk");
    private string? _diskKeeper;

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

    public Task RunAsync(string shell, string? user) => RunAsync(Container.Id!, shell, user);

    public Task KillAsync() => Engine.Containers.KillAsync(Container.Id!, CancellationToken.None);

    public async Task StartAgainAsync()
    {
        await Engine.Containers.StartAsync(Container.Id!, CancellationToken.None);
        try
        {
            await WaitAsync(Container.Id!);
        }
        catch (LettaDrException ended) when (ended.Id == "SandboxNotReady")
        {
            // It was still going down when it was asked to start.
            await Engine.Containers.StartAsync(Container.Id!, CancellationToken.None);
            await WaitAsync(Container.Id!);
        }
    }

    /// <summary>Fills the data disk but for a little; <see cref="FreeDiskAsync"/> takes that back.</summary>
    public Task FillDiskAsync(int leaveMegabytes) => RunAsync(
        _diskKeeper!,
        $"cd {DataDirectory} && free=$(df -Pk . | awk 'NR == 2 {{ print $4 }}') && fallocate -l $(((free - {leaveMegabytes * 1024}) * 1024)) filler",
        user: null);

    public Task FreeDiskAsync() => RunAsync(_diskKeeper!, $"rm {DataDirectory}/filler", user: null);

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (diskMegabytes is not null)
        {
            using var engine = await DockerEngine.ConnectAsync(CancellationToken.None);
            await engine.Containers.RemoveVolumeAsync(_disk, CancellationToken.None);
        }
    }

    protected override async Task StartAsync()
    {
        var request = new DockerRunRequest
        {
            Image = TestImages.Postgres,
            Environment = new Dictionary<string, string> { ["POSTGRES_PASSWORD"] = Password },
            Command = ["-c", "fsync=off"],
        };
        if (diskMegabytes is { } megabytes)
        {
            await Engine.GuardAsync(
                "create a small disk",
                client => client.Volumes.CreateAsync(new VolumesCreateParameters
                {
                    Name = _disk, Driver = "local", Labels = new Dictionary<string, string>(Labels),
                    DriverOpts = new Dictionary<string, string> { ["type"] = "tmpfs", ["device"] = "tmpfs", ["o"] = $"size={megabytes}m" },
                }),
                CancellationToken.None);
            request = request with { Volumes = [new ContainerVolume("volume", _disk, DataDirectory, false)] };
            // A disk in memory ends with the last container that uses it, and the server may go down for want of room.
            _diskKeeper = await RunAsync(request with { Command = ["sleep", "infinity"] });
        }

        request = request with { Network = await CreateNetworkAsync() };
        await WaitAsync(await RunAsync(change is null ? request : change(request)));
    }

    private async Task RunAsync(string container, string shell, string? user)
    {
        var result = await Engine.ExecAsync(container, ["sh", "-ec", shell], null, null, null, user, CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.StandardError);
    }

    private async Task WaitAsync(string id)
    {
        await new SandboxReadiness(Engine).CommandAsync(id, ["pg_isready", "-q", "-h", "127.0.0.1"], CancellationToken.None);
        Container = await Engine.InspectAsync(id, CancellationToken.None);
    }
}
