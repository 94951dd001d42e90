using Npgsql;

namespace LettaDr.Systems.Tests;

/// <summary>A stack that serves, with two replicas of its server, and what can be seen of it; put right again afterwards.</summary>
internal sealed class MaintenanceStage : IAsyncDisposable
{
    public const string Comment = "the owner's own words";
    private readonly TemporaryFolder _notes = new("notes");
    private readonly ComposeStack _stack;
    private readonly DockerEngine _engine;

    private MaintenanceStage(ComposeStack stack, DockerEngine engine) => (_stack, _engine) = (stack, engine);

    public LettaDeployment Deployment { get; private set; } = null!;

    public ComposeStack Stack => _stack;

    public DockerEngine Engine => _engine;

    public string NotesFolder => _notes.Path;

    public MaintenanceFiles Notes => new(_notes.Path);

    public CollectingObserver Observer { get; } = new();

    public static async Task<MaintenanceStage> SetAsync(ComposeStack stack)
    {
        stack.Compose("up", "-d", "--scale", "letta_server=2");
        var stage = new MaintenanceStage(stack, await DockerEngine.ConnectAsync(CancellationToken.None));
        await Eventually.TrueAsync(async () =>
        {
            await stage.FindAsync();
            return (await ComposeStack.CheckAsync(stage.Deployment)).TrueForAll(result => result.Outcome == Outcome.Passed);
        });
        foreach (var replica in await stage.ReplicasAsync())
        {
            await stage._engine.Containers.SetRestartPolicyAsync(replica.Container.Id!, "on-failure", 3, CancellationToken.None);
        }

        await stage.ElsewhereAsync($"COMMENT ON DATABASE agents IS {PostgresName.Literal(Comment)}");
        return stage;
    }

    /// <summary>As Compose and Docker show it now: containers that start anew have other addresses.</summary>
    public async Task FindAsync() =>
        Deployment = await new DeploymentDiscovery(_stack.Folder, ComposeStack.Nothing).FromPathAsync(".", CancellationToken.None);

    public Task<IReadOnlyList<ContainerDetails>> ReplicasAsync() => _engine.ListAsync(
        all: true,
        new Dictionary<string, string> { [ContainerMapping.ProjectLabel] = _stack.Project, [ContainerMapping.ServiceLabel] = "letta_server" },
        CancellationToken.None);

    public async Task<MaintenanceState> EnterAsync(MaintenanceRequest? request = null, LettaDeployment? deployment = null) => await WithAsync(
        deployment, mode => mode.EnterAsync(request ?? new MaintenanceRequest { Reason = "a test" }, OperationId.Next(), CancellationToken.None));

    public async Task<MaintenanceState> ExitAsync(TimeSpan? limit = null, MaintenanceFiles? notes = null) => await WithAsync(
        null, mode => mode.ExitAsync(limit ?? TimeSpan.FromMinutes(1), OperationId.Next(), CancellationToken.None), notes);

    /// <summary>A statement in another database of the same server, which maintenance leaves open.</summary>
    public Task ElsewhereAsync(string sql) => PostgresServer.ExecuteAsync(Elsewhere, sql);

    public Task<string> ElsewhereValueAsync(string sql) => PostgresServer.ValueAsync(Elsewhere, sql);

    /// <summary>The stack serves as it did before: containers, policies, door, comment, and no note anywhere.</summary>
    public async Task AssertServesAsBeforeAsync()
    {
        Assert.Equal(["running on-failure:3", "running on-failure:3"], await RunsAsync());
        Assert.Equal($"t {Comment}", await DoorAsync());
        Assert.Empty(Directory.EnumerateFiles(NotesFolder));
        await FindAsync();
        Assert.All(await ComposeStack.CheckAsync(Deployment), result => Assert.True(result.Outcome == Outcome.Passed, result.Evidence));
    }

    /// <summary>Nobody gets in, nothing starts by itself.</summary>
    public async Task AssertInMaintenanceAsync()
    {
        Assert.Equal(["exited no:0", "exited no:0"], await RunsAsync());
        Assert.StartsWith("f LettaDr maintenance {", await DoorAsync(), StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => PostgresServer.ExecuteAsync(Deployment, "SELECT 1"));
        Assert.Equal("55000", refused.SqlState);
    }

    public async Task<IReadOnlyList<string>> RunsAsync() =>
        [.. (await ReplicasAsync()).Select(replica => $"{replica.Container.State} {replica.RestartPolicy}:{replica.MaximumRetries}")];

    public Task<string> DoorAsync() => ElsewhereValueAsync(
        "SELECT CASE WHEN datallowconn THEN 't ' ELSE 'f ' END || coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database WHERE datname = 'agents'");

    public async ValueTask DisposeAsync()
    {
        _stack.Compose("start");
        await Eventually.TrueAsync(async () =>
        {
            await FindAsync();
            try
            {
                await ElsewhereAsync("ALTER DATABASE agents ALLOW_CONNECTIONS true");
                return true;
            }
            catch (NpgsqlException)
            {
                return false;
            }
        });
        _engine.Dispose();
        _notes.Dispose();
    }

    private LettaDeployment Elsewhere => Deployment with { Database = Deployment.Database with { Database = "postgres" } };

    private async Task<MaintenanceState> WithAsync(
        LettaDeployment? deployment, Func<MaintenanceMode, Task<MaintenanceState>> act, MaintenanceFiles? notes = null)
    {
        var subject = deployment ?? Deployment;
        using var server = await ServerContainers.OpenAsync(subject, CancellationToken.None);
        await using var door = new PostgresDoor(subject.Database, OperationId.Next());
        return await act(new MaintenanceMode(
            subject, server, door, notes ?? Notes, Observer, new JournalDirectory(Path.Combine(NotesFolder, "..", "journals"))));
    }
}
