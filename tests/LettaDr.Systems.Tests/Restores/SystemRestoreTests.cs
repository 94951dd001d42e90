using System.Net;
using System.Net.Sockets;

namespace LettaDr.Systems.Tests;

/// <summary>Whole deployments, lost and brought back by one command.</summary>
public sealed class SystemRestoreTests : IDisposable
{
    private readonly TemporaryRepository _repository = new();

    private SystemRestoreOptions Options => SystemRun.Options(_repository.Directory, _repository.Journals);

    [ComposeTheory]
    [InlineData(SystemStack.Production)]
    [InlineData(SystemStack.Development)]
    public async Task From_nothing_but_a_set_and_a_passphrase_the_system_is_back(string fixture)
    {
        await using var stack = await SystemStack.StartAsync(fixture);
        await stack.RedisAsync("SET", "others", "key");
        await stack.RedisAsync("SET", "agent:send_message:run_id:agent-00000000-0000-4000-8000-0000000000ff", "run-00000000-0000-4000-8000-0000000000ff");
        var backup = await stack.BackUpAsync(_repository, SystemRun.Passphrase);
        var inventory = LettaOperations.InventoryOf(_repository, backup);
        var files = Files(stack.Folder);
        var memory = fixture == SystemStack.Production ? await stack.MemoryAsync() : string.Empty;
        Assert.Equal("system", backup.Kind);
        Assert.True(backup.Manifest!.Spread < TimeSpan.FromMinutes(1), backup.Manifest.Spread.ToString());
        await stack.DestroyAsync();
        var observer = new CollectingObserver();

        var result = await SystemRun.RestoreAsync(Options, stack.Discovery, backup, stack.Folder, observer);

        var deployment = await stack.DeploymentAsync();
        Assert.Empty(await LettaOperations.CompareAsync(inventory, deployment));
        Assert.Equal(inventory.Tables.Count, result.Database!.TablesIdentical);
        Assert.Equal(files, Files(stack.Folder));
        Assert.All(await ComposeStack.CheckAsync(deployment), check => Assert.NotEqual(Outcome.Failed, check.Outcome));
        Assert.Equal("key", await stack.RedisAsync("GET", "others"));
        Assert.Equal(string.Empty, await stack.RedisAsync("GET", "agent:send_message:run_id:agent-00000000-0000-4000-8000-0000000000ff"));
        Assert.Equal("yes", (await stack.RedisAsync("CONFIG", "GET", "appendonly")).Split('\n')[^1]);
        Assert.Equal(memory, fixture == SystemStack.Production ? await stack.MemoryAsync() : string.Empty);
        Assert.Equal(1, result.ClearedKeys!.Removed);
        Assert.DoesNotContain(result.Checks, check => check.Outcome == Outcome.Failed);
        Assert.Equal(fixture == SystemStack.Production, result.Agents is { IsEqual: true, Agents: > 0 });
        Assert.Equal(["Database", "Server", "Cache", "System"], result.RecoveryTimes.Select(time => time.Component));
        Assert.All(result.RecoveryTimes, time => Assert.True(time.IsMet && time.Actual > TimeSpan.Zero, time.ToString()));
        Assert.Null(result.ResumedOperation);
        await SystemObjectives.AssertMeasuredAsync(_repository, stack, result);
        Assert.DoesNotContain("production-secret", string.Join('\n', observer.Messages.Concat(observer.Warnings)), StringComparison.Ordinal);
    }

    [ComposeFact]
    public async Task A_damaged_deployment_that_runs_is_stopped_restored_and_started_again()
    {
        await using var stack = await SystemStack.StartAsync(SystemStack.Production);
        var backup = await stack.BackUpAsync(_repository, SystemRun.Passphrase);
        var inventory = LettaOperations.InventoryOf(_repository, backup);
        var before = await stack.DeploymentAsync();
        await PostgresServer.ExecuteAsync(before, "DELETE FROM messages; DROP TABLE file_contents CASCADE; CREATE TABLE later (i int)");

        var plan = await SystemRun.PlanAsync(Options, stack.Discovery, backup, null);
        var result = await SystemRun.RestoreAsync(Options, stack.Discovery, backup, null);

        Assert.Empty(plan.Obstacles);
        Assert.DoesNotContain(plan.Steps, step => step.Kind == RestoreStepKind.RestoreConfiguration);
        var deployment = await stack.DeploymentAsync();
        Assert.Empty(await LettaOperations.CompareAsync(inventory, deployment));
        Assert.NotNull(result.Database!.PreviousDatabase);
        Assert.True(result.Agents!.IsEqual);
        Assert.Equal(before.Server!.Container!.Id, deployment.Server!.Container!.Id);
        Assert.True(deployment.Server.Container.IsRunning);
        Assert.DoesNotContain(deployment.Facts, fact => fact.Name == "Maintenance");
        Assert.Equal("0", await PostgresServer.ValueAsync(deployment, "SELECT count(*) FROM pg_database WHERE NOT datallowconn AND datname = current_database()"));
    }

    [ComposeFact]
    public async Task What_stands_in_the_way_is_told_at_once_and_nothing_is_touched()
    {
        await using var stack = await SystemStack.StartAsync(SystemStack.Production);
        var backup = await stack.BackUpAsync(_repository, SystemRun.Passphrase);
        File.AppendAllText(Path.Combine(stack.Folder, ".env"), "NEW=1\n");
        var files = Files(stack.Folder);
        var started = (await stack.DeploymentAsync()).Server!.Container!.Id;

        var differs = await Assert.ThrowsAsync<LettaDrException>(() => SystemRun.RestoreAsync(Options, stack.Discovery, backup, stack.Folder));
        var wrong = await Assert.ThrowsAsync<LettaDrException>(
            () => SystemRun.RestoreAsync(Options with { Passphrase = new Secret("wrong") }, stack.Discovery, backup, stack.Folder));
        var none = await Assert.ThrowsAsync<LettaDrException>(
            () => SystemRun.RestoreAsync(Options with { Passphrase = null }, stack.Discovery, backup, stack.Folder));

        Assert.Equal("RestorePlanObstructed", differs.Id);
        Assert.Contains(".env", differs.Message, StringComparison.Ordinal);
        Assert.Contains("passphrase", wrong.Message, StringComparison.Ordinal);
        Assert.NotEqual(wrong.Id, none.Id);
        Assert.Equal(files, Files(stack.Folder));
        var deployment = await stack.DeploymentAsync();
        Assert.Equal(started, deployment.Server!.Container!.Id);
        Assert.True(deployment.Server.Container.IsRunning);
    }

    [ComposeFact]
    public async Task A_port_that_is_taken_and_a_tool_that_is_missing_are_told_before_anything_is_touched()
    {
        int port;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        await using var stack = await SystemStack.StartAsync(SystemStack.Production, port);
        var backup = await stack.BackUpAsync(_repository, SystemRun.Passphrase);
        Assert.Empty((await SystemRun.PlanAsync(Options, stack.Discovery, backup, null)).Obstacles);
        await stack.DestroyAsync();

        LettaDrException taken;
        using (var listener = new TcpListener(IPAddress.Loopback, port))
        {
            listener.Start();
            taken = await Assert.ThrowsAsync<LettaDrException>(() => SystemRun.RestoreAsync(Options, stack.Discovery, backup, stack.Folder));
        }

        using var journals = new TemporaryFolder("journals");
        var (_, untooled) = await SystemRestoreChild.RunAsync(
            _repository.Path, backup.Id, stack.Folder, journals.Path, RestoreStepKind.CompareAgents, searchPath: "/nowhere");

        Assert.Equal("RestorePlanObstructed", taken.Id);
        Assert.Contains($"Port {port}, which letta_server is to publish, is taken by the process", taken.Message, StringComparison.Ordinal);
        Assert.Contains("Docker Compose is not installed", untooled, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(stack.Folder));
        Assert.Empty(await ContainersAsync(stack.Project));
    }

    [ComposeFact]
    public async Task An_image_that_nobody_has_is_named_and_one_that_the_set_holds_is_loaded()
    {
        await using var stack = await SystemStack.StartAsync(SystemStack.Production);
        using var engine = await DockerEngine.ConnectAsync(CancellationToken.None);
        var name = $"lettadr-test-{Guid.NewGuid():N}:1";
        await engine.TagAsync(TestImages.Server, name, CancellationToken.None);
        File.WriteAllText(
            Path.Combine(stack.Folder, "compose.yaml"),
            File.ReadAllText(Path.Combine(stack.Folder, "compose.yaml")).Replace(TestImages.Server, name, StringComparison.Ordinal));
        await stack.UpAsync();
        var without = await stack.BackUpAsync(_repository, SystemRun.Passphrase);
        var with = await stack.BackUpAsync(_repository, SystemRun.Passphrase, images: true);
        await stack.DestroyAsync();
        await engine.UntagAsync(name, CancellationToken.None);

        var missing = await Assert.ThrowsAsync<LettaDrException>(() => SystemRun.RestoreAsync(Options, stack.Discovery, without, stack.Folder));
        Assert.Equal("ImageNotAvailable", missing.Id);
        Assert.Contains(name, missing.Message, StringComparison.Ordinal);
        Assert.Contains("-IncludeImages", missing.Remedy, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(stack.Folder));
        Assert.Empty(await ContainersAsync(stack.Project));

        var result = await SystemRun.RestoreAsync(Options, stack.Discovery, with, stack.Folder);
        Assert.Contains(result.Stages, stage => stage.Name == nameof(RestoreStepKind.LoadImages) && stage.Detail!.Contains(name, StringComparison.Ordinal));
        Assert.True(result.Agents!.IsEqual);
        await stack.DestroyAsync();
        await engine.UntagAsync(name, CancellationToken.None);
    }

    public void Dispose() => _repository.Dispose();

    private static async Task<IReadOnlyList<ContainerDetails>> ContainersAsync(string project)
    {
        using var engine = await DockerEngine.ConnectAsync(CancellationToken.None);
        return await engine.ListAsync(true, new Dictionary<string, string> { [ContainerMapping.ProjectLabel] = project }, CancellationToken.None);
    }

    /// <summary>The project's own files with what they hold; data directories are none of them.</summary>
    private static List<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => (Name: Path.GetRelativePath(folder, path), path))
            .Where(file => file.Name.Split('/')[0] is not (".persist" or "data" or "_containers"))
            .Select(file => file.Name + "\n" + File.ReadAllText(file.path)).Order(StringComparer.Ordinal)];
}
