using System.Diagnostics;

namespace LettaDr.Systems.Tests;

/// <summary>A server of a test's own, and the archive of its log; both gone after the test.</summary>
internal sealed class ArchivedServer : IAsyncDisposable
{
    private readonly PostgresServer _server;
    private readonly TemporaryRepository _repository;

    private string _container;
    private string? _volume;

    private ArchivedServer(PostgresServer server, TemporaryRepository repository) => (_server, _repository, _container) = (server, repository, server.Container.Id!);

    public PostgresServer Server => _server;

    public LettaDeployment Deployment { get; private set; } = null!;

    public DirectoryRepository Repository => _repository.Directory;

    public WalArchiving Archiving => new(_server.Docker, Repository, NoObserver.Instance);

    public DirectoryWalArchive Opened => DirectoryWalArchive.Open(Repository, Deployment.Name)!;

    /// <param name="repository">Where the repository is; a folder of its own when null.</param>
    public static async Task<ArchivedServer> StartAsync(string? repository = null)
    {
        var archived = new ArchivedServer(await PostgresServer.StartNewAsync(), new TemporaryRepository(repository));
        var deployment = archived._server.Deployment("postgres") with { Name = PostgresServer.NewName("archived") };
        archived.Deployment = deployment;
        await archived.ExecuteAsync("CREATE TABLE written (number int PRIMARY KEY, body text)");
        return archived;
    }

    public async Task<WalArchive> ReceiveAsync(long? maximum = null)
    {
        var plan = await Archiving.PlanAsync(Request with { MaximumSlotSize = maximum }, CancellationToken.None);
        return await Archiving.StartAsync(plan, CancellationToken.None);
    }

    public WalArchiveRequest Request => new() { Deployment = Deployment, HeartbeatInterval = TimeSpan.FromSeconds(1) };

    public Task<WalArchive> LookAsync() =>
        new WalArchiveInspection(Repository, _server.Docker).InspectAsync(Deployment.Name, Opened.SystemIdentifier, CancellationToken.None);

    public async Task<IReadOnlyList<CheckResult>> TestAsync(bool offline = false) =>
        await new WalArchiveTesting(Repository, offline ? null : _server.Docker, NoObserver.Instance).RunAsync(await LookAsync(), TimeSpan.FromMinutes(15), CancellationToken.None);

    public async Task ExecuteAsync(string sql)
    {
        // The container may have a new address since it was started anew.
        var container = await _server.Docker.InspectAsync(_container, CancellationToken.None);
        Deployment = Deployment with { Database = Deployment.Database with { Host = container.Address!, Container = container } };
        await PostgresServer.ExecuteAsync(Deployment, sql);
    }

    /// <summary>Writes so many bytes of log, in rows that do not compress.</summary>
    public Task WriteAsync(int megabytes) => ExecuteAsync(
        $"INSERT INTO written SELECT coalesce((SELECT max(number) FROM written), 0) + n, (SELECT string_agg(md5(random()::text || n || i), '') FROM generate_series(1, 240) i) FROM generate_series(1, {megabytes * 128}) n");

    /// <summary>The receiver's container.</summary>
    public async Task<ContainerDetails> ReceiverAsync() => (await WalReceiver.FindAsync(_server.Docker, Opened.Location, CancellationToken.None))!;

    public async Task KillReceiverAsync() =>
        await _server.Docker.ExecAsync((await ReceiverAsync()).Container.Id!, ["sh", "-c", $"for i in /proc/[0-9]*; do read -r name < $i/comm; [ $name = pg_receivewal ] && kill -KILL ${{i#/proc/}}; done; true"], null, null, null, null, CancellationToken.None);

    /// <summary>In how many of 30 looks within four seconds or so the receiver is held back.</summary>
    public async Task<long> HeldAsync()
    {
        const string Count = """
            held=0
            for look in $(seq 30); do
                for i in /proc/[0-9]*; do
                    read -r pid name state rest < $i/stat
                    case $name$state in *receivewal*T) held=$((held + 1)) ;; esac
                done 2> /dev/null
                sleep 0.1
            done
            exit $held
            """;
        return (await _server.Docker.ExecAsync((await ReceiverAsync()).Container.Id!, ["sh", "-c", Count], null, null, null, null, CancellationToken.None)).ExitCode;
    }

    /// <summary>Cuts, or joins, the network that the receiver shares with the server.</summary>
    public async Task CutAsync(bool down)
    {
        var process = (await RunAsync("docker", "inspect", "--format", "{{.State.Pid}}", _container)).Trim();
        await RunAsync("nsenter", "-t", process, "-n", "ip", "link", "set", "lo", down ? "down" : "up");
    }

    public async Task RestartServerAsync(TimeSpan pause)
    {
        await _server.Docker.Containers.StopAsync(_container, TimeSpan.FromSeconds(10), CancellationToken.None);
        await Task.Delay(pause);
        await _server.Docker.Containers.StartAsync(_container, CancellationToken.None);
        await new SandboxReadiness(_server.Docker).CommandAsync(_container, ["pg_isready", "-q", "-h", "127.0.0.1"], CancellationToken.None);
    }

    /// <summary>Removes the server's container, and makes one anew on its volume, as Compose does after a change.</summary>
    public async Task RecreateServerAsync()
    {
        var former = await _server.Docker.DescribeAsync(_container, CancellationToken.None);
        var volume = former.Container.Volumes.Single(volume => volume.Kind == "volume");
        _volume = volume.Source;
        await _server.Docker.Containers.RemoveAsync(_container, volumes: false, CancellationToken.None);
        _container = await _server.RunAsync(new DockerRunRequest { Image = TestImages.Postgres, Network = former.Networks.Single(), Volumes = [volume], Command = ["-c", "max_connections=200"] });
        await new SandboxReadiness(_server.Docker).CommandAsync(_container, ["pg_isready", "-q", "-h", "127.0.0.1"], CancellationToken.None);
    }

    /// <summary>Waits until what was committed by now was received; then nothing is missing, and every record holds.</summary>
    public async Task<WalReading> CaughtUpAsync()
    {
        await ExecuteAsync("INSERT INTO written SELECT coalesce(max(number), 0) + 1, 'the last' FROM written");
        var committed = Lsn.Parse(await PostgresServer.ValueAsync(Deployment, "SELECT pg_current_wal_lsn()::text"));
        await Eventually.TrueAsync(async () => (await LookAsync()).RecoverableLsn >= committed);
        var reading = new WalReading(Opened, _ => { }).Read(CancellationToken.None);
        Assert.Empty(reading.Problems);
        Assert.Empty(WalChain.Holes(Opened.Files(), Opened.Histories()));
        return reading;
    }

    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var receiver in await WalReceiver.ListAsync(_server.Docker, Deployment.Name, Repository.Location, CancellationToken.None))
        {
            await _server.Docker.Containers.RemoveAsync(receiver.Container.Id!, volumes: true, CancellationToken.None);
        }

        using var engine = await DockerEngine.ConnectAsync(CancellationToken.None);
        await _server.DisposeAsync();
        if (_volume is not null)
        {
            await engine.Containers.RemoveVolumeAsync(_volume, CancellationToken.None);
        }

        _repository.Dispose();
    }
}
