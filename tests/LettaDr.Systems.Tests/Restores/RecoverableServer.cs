namespace LettaDr.Systems.Tests;

/// <summary>A PostgreSQL server on a volume of its own, to be killed and lost with it, and made anew.</summary>
internal class RecoverableServer : ContainerFixture, IAsyncDisposable
{
    /// <summary>Where the container sees the repository.</summary>
    public const string SharedMount = "/shared";

    private const string DataDirectory = "/var/lib/postgresql/data";
    private readonly string _name = UniqueName("cluster");
    private readonly List<string> _volumes = [];
    private string? _cluster;
    private string? _network;

    /// <summary>The deployment; its address may be another after a restart.</summary>
    public LettaDeployment Deployment { get; private set; } = null!;

    /// <summary>Outlives the server.</summary>
    public TemporaryRepository Repository { get; } = new();

    public DockerEngine Docker => Engine;

    public string Id => Deployment.Database.Container!.Id!;

    public static async Task<RecoverableServer> StartNewAsync()
    {
        var server = new RecoverableServer();
        await server.InitializeAsync();
        return server;
    }

    /// <summary>The one field of the one row, as text.</summary>
    public Task<string> ValueAsync(string sql) => PostgresServer.ValueAsync(Deployment, sql);

    public Task ExecuteAsync(string sql) => PostgresServer.ExecuteAsync(Deployment, sql);

    public async Task<string> ShellAsync(string script)
    {
        using var output = new MemoryStream();
        var result = await Engine.ExecAsync(Id, ["sh", "-ec", script], null, null, output, null, CancellationToken.None);
        Assert.True(result.ExitCode == 0, $"{script}\nended with {result.ExitCode}: {result.StandardError}");
        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }

    /// <summary>Letta's schema, and rows in all of its tables.</summary>
    public async Task FillAsync(LettaSeedSize? size = null)
    {
        using var script = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(SandboxSql.Init));
        var result = await Engine.ExecAsync(
            Id, ["psql", "-X", "-q", "-U", "letta", "-d", "postgres", "-f", "-"], new Dictionary<string, string> { ["POSTGRES_DB"] = "letta" },
            script, null, null, CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.StandardError);
        await LettaSchema.CreateAsync(PostgresServer.ConnectionString(Deployment), CancellationToken.None);
        await LettaSeeder.SeedAsync(PostgresServer.ConnectionString(Deployment), size ?? PostgresServer.Small, null, CancellationToken.None);
    }

    /// <summary>kill -9 of the server, and its container and volume are gone.</summary>
    public async Task LoseAsync()
    {
        await Engine.Containers.KillAsync(Id, CancellationToken.None);
        await Engine.Containers.RemoveAsync(Id, volumes: true, CancellationToken.None);
        await Engine.Containers.RemoveVolumeAsync(_volumes[^1], CancellationToken.None);
    }

    /// <summary>A new container of the same name on a new volume, which its image sets up.</summary>
    public async Task MakeAnewAsync() => await StartAsync();

    /// <summary>A base backup as the cmdlet makes it.</summary>
    public Task<Backup> CopyAsync(BaseBackupType type = BaseBackupType.Full) =>
        LettaOperations.CopyClusterAsync(Deployment, Repository, request => request with { Physical = type });

    /// <summary>Begins to receive its log as the cmdlet does; ended with the server's fixture.</summary>
    public async Task ArchiveAsync()
    {
        var archiving = new WalArchiving(Engine, Repository.Directory, NoObserver.Instance);
        var request = new WalArchiveRequest { Deployment = Deployment, HeartbeatInterval = TimeSpan.FromSeconds(1) };
        var archive = await archiving.StartAsync(await archiving.PlanAsync(request, CancellationToken.None), CancellationToken.None);
        _cluster = archive.SystemIdentifier;
    }

    /// <summary>What Get-LettaWalArchive tells of it, whether the server is there or not.</summary>
    public Task<WalArchive> LookAtArchiveAsync() =>
        new WalArchiveInspection(Repository.Directory, Engine).InspectAsync(Deployment.Name, _cluster!, CancellationToken.None);

    /// <summary>Recovers to a moment as the cmdlet does.</summary>
    public Task<RecoveryResult> RecoverAsync(
        RecoveryTarget moment, Func<ClusterRestoreRequest, ClusterRestoreRequest>? change = null, IOperationObserver? observer = null) =>
        RecoverAsync(RecoveryPlanning.Plan(Repository.Directory, Deployment.Name, moment, null, CancellationToken.None), null, change, observer);

    protected async Task<RecoveryResult> RecoverAsync(
        RecoveryPlan plan, StanzaRecovery? stanza, Func<ClusterRestoreRequest, ClusterRestoreRequest>? change, IOperationObserver? observer)
    {
        observer ??= new CollectingObserver();
        await using var target = await ClusterTarget.OpenAsync(Deployment, Repository.Directory, observer, stanza, CancellationToken.None);
        var request = new ClusterRestoreRequest { Deployment = Deployment, Plan = plan };
        var result = await new ClusterRestore(Repository.Directory, target, observer, Repository.Journals)
            .RunAsync(change is null ? request : change(request), OperationId.Next(), CancellationToken.None);
        await RefreshAsync();
        return result;
    }

    /// <summary>What is run.</summary>
    private protected virtual DockerRunRequest Request => new()
    {
        Image = TestImages.Postgres, Name = _name, Network = _network,
        Environment = new Dictionary<string, string> { ["POSTGRES_USER"] = "letta", ["POSTGRES_PASSWORD"] = "test", ["POSTGRES_DB"] = "letta" },
        Command = ["-c", "summarize_wal=on", "-c", "max_wal_senders=10"],
        Volumes = [new ContainerVolume("volume", _volumes[^1], DataDirectory, false), new ContainerVolume("bind", Repository.Path, SharedMount, false)],
    };

    /// <summary>Finds its address again.</summary>
    public async Task RefreshAsync() => Describe(await Engine.InspectAsync(Id, CancellationToken.None));

    public new virtual async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        using var engine = await DockerEngine.ConnectAsync(CancellationToken.None);
        foreach (var receiver in await WalReceiver.ListAsync(engine, Deployment.Name, Repository.Path, CancellationToken.None))
        {
            await WalReceiver.RemoveAsync(engine, receiver.Container.Id!, CancellationToken.None);
        }

        foreach (var volume in _volumes)
        {
            await engine.Containers.RemoveVolumeAsync(volume, CancellationToken.None);
        }

        Repository.Dispose();
    }

    protected override async Task StartAsync()
    {
        _volumes.Add(UniqueName("data"));
        await Engine.Containers.CreateVolumeAsync(_volumes[^1], Labels, CancellationToken.None);
        _network ??= await CreateNetworkAsync();
        var id = await RunAsync(Request);
        await new SandboxReadiness(Engine).CommandAsync(id, ["pg_isready", "-q", "-h", "127.0.0.1"], CancellationToken.None);
        Describe(await Engine.InspectAsync(id, CancellationToken.None));
    }

    private void Describe(DeploymentContainer container) => Deployment = new LettaDeployment
    {
        Name = "letta",
        Database = new DatabaseEndpoint
        {
            Host = container.Address!, Database = "letta", UserName = "letta", Password = new Secret("test"), Container = container,
        },
        Containers = [container],
    };
}
