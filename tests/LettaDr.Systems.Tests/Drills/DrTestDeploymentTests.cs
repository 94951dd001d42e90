using System.Diagnostics;

namespace LettaDr.Systems.Tests;

/// <summary>Recovery tests on a deployment itself: what would not come back is not killed, and what was killed is started.</summary>
public sealed class DrTestDeploymentTests(DrTestDeploymentTests.Containers containers) : IClassFixture<DrTestDeploymentTests.Containers>
{
    [DockerFact(TestImages.Postgres, TestImages.Redis)]
    public async Task Components_are_killed_and_run_afterwards_and_what_the_cache_will_lose_is_asked_about()
    {
        using var repository = new TemporaryRepository();
        var server = await containers.PostgresAsync();
        var cache = await containers.RedisAsync("--save", "");
        await containers.ExecAsync(cache, "redis-cli", "set", "lost", "x");
        var deployment = Deployment(server.Container, cache) with { Database = (await server.CreateLettaDatabaseAsync()).Database };
        var subject = new DrTestSubject(deployment.Name, deployment, repository.Directory, null, new RecoveryTargets());

        var run = await DrTestRun.OnDeploymentAsync(DrTestScenario.ComponentFailure, subject, TimeSpan.FromMinutes(1), default);
        var result = await run.RunAsync(new CollectingObserver(), default);

        Assert.Contains("loses what has changed since its last snapshot (changes by now: 1)", run.Question, StringComparison.Ordinal);
        Assert.Contains("loses what has changed", run.Description, StringComparison.Ordinal);
        Assert.True(result.Outcome == Outcome.Passed, string.Join("; ", result.Issues.Select(issue => issue.Issue)));
        Assert.Equal($"{server.Container.Name} is running, {cache.Name} is running.", result.Steps[^1].Observed);
        Assert.Empty(NotesOf(deployment));
        Assert.Null(await LossAsync(await containers.RedisAsync("--appendonly", "yes")));
        Assert.Contains("loses all its keys", await LossAsync(await containers.RedisInMemoryAsync()), StringComparison.Ordinal);

        async Task<string?> LossAsync(DeploymentContainer other)
        {
            var redis = new CacheEndpoint { Host = other.Address!, Container = other };
            var changed = deployment with { Database = await CurrentAsync(), Cache = redis };
            return await new DrTestKillCheck(containers.Docker, changed).RunAsync(default);
        }

        // A container that was started anew may have another address.
        async Task<DatabaseEndpoint> CurrentAsync() => deployment.Database with
        {
            Host = (await containers.Docker.InspectAsync(server.Container.Id!, default)).Address!,
        };
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_database_in_memory_is_not_killed()
    {
        await using var server = new SpareServer(
            run => run with { Volumes = [new ContainerVolume("tmpfs", string.Empty, "/var/lib/postgresql/data", false)] });
        await server.InitializeAsync();

        var refused = await CheckAsync(server.Deployment("postgres"));

        Assert.Equal("DataInMemory", refused.Id);
    }

    [DockerFact(TestImages.Redis)]
    public async Task A_container_that_would_be_removed_is_not_killed()
    {
        var name = ContainerFixture.UniqueName("rm");
        using var docker = Process.Start(
            "docker", ["run", "--rm", "-d", "--name", name, "--label", "lettadr.test=1", "--entrypoint", "sleep", TestImages.Redis, "600"]);
        await docker.WaitForExitAsync();
        try
        {
            var passing = await containers.Docker.InspectAsync(name, default);

            Assert.Equal("ContainerNotKept", (await CheckAsync(Deployment(passing, null))).Id);
        }
        finally
        {
            await containers.Docker.Containers.RemoveAsync(name, volumes: true, default);
        }
    }

    [DockerFact(TestImages.Redis)]
    public async Task What_is_killed_is_noted_until_it_is_started_and_what_a_dead_process_noted_is_started()
    {
        var (left, killed) = (await containers.RedisAsync(), await containers.RedisAsync());
        var (dead, gone) = (await DeadOwnerAsync(), new string('0', 64));
        await using var site = await SiteAsync(Deployment(killed, null));
        await site.KillAsync(RecoveryComponent.Database, default);
        Assert.Single(NotesOf(Deployment(killed, null)));
        await containers.Docker.Containers.KillAsync(left.Id!, default);
        foreach (var container in new[] { gone, left.Id! })
        {
            await File.WriteAllTextAsync(Path.Combine(Folder, $"{dead}~{container}"), "");
        }

        var observer = new CollectingObserver();
        await new DrTestSweep(containers.Docker, observer).RunAsync(default);

        Assert.True((await containers.Docker.InspectAsync(left.Id!, default)).IsRunning);
        Assert.Single(observer.Warnings, warning => warning.Contains(left.Id!, StringComparison.Ordinal));
        Assert.DoesNotContain(Directory.EnumerateFiles(Folder), note => Path.GetFileName(note).StartsWith(dead, StringComparison.Ordinal));
        // What a living test has down is its own to start.
        Assert.False((await containers.Docker.InspectAsync(killed.Id!, default)).IsRunning);
        await site.StartAsync(RecoveryComponent.Database, default);
        Assert.Empty(NotesOf(Deployment(killed, null)));
    }

    [DockerFact(TestImages.Redis)]
    public async Task One_that_does_not_start_leaves_no_other_down_and_one_that_does_not_run_is_told()
    {
        var (database, cache, server) = (await containers.RedisAsync(), await containers.RedisAsync(), await containers.RedisAsync());
        await using var site = await SiteAsync(Deployment(database, cache) with
        {
            Server = new ServerEndpoint { BaseAddress = new Uri("http://letta:8283"), Container = server },
        });
        await site.KillAsync(RecoveryComponent.Database, default);
        await site.KillAsync(RecoveryComponent.Cache, default);
        await containers.Docker.Containers.RemoveAsync(database.Id!, volumes: true, default);
        await containers.Docker.Containers.KillAsync(server.Id!, default);

        var failure = await Assert.ThrowsAsync<LettaDrException>(site.LeaveAsync);

        Assert.Contains($"{server.Name} is exited, {cache.Name} is running", failure.Message, StringComparison.Ordinal);
        Assert.Contains(database.Id!, failure.Message, StringComparison.Ordinal);
        Assert.True((await containers.Docker.InspectAsync(cache.Id!, default)).IsRunning);
        DrTestNotes.Local.Remove(database.Id!);
    }

    private static string Folder => LocalState.Folder("drill-kills");

    private static IEnumerable<string> NotesOf(LettaDeployment deployment) => !Directory.Exists(Folder) ? []
        : new[] { deployment.Database.Container, deployment.Cache?.Container }.OfType<DeploymentContainer>()
            .SelectMany(container => Directory.EnumerateFiles(Folder, "*~" + container.Id));

    private static async Task<string> DeadOwnerAsync()
    {
        using var dead = Process.Start("sleep", "0");
        var owner = ProcessOwner.Of(dead.Id);
        await dead.WaitForExitAsync();
        return owner;
    }

    private static LettaDeployment Deployment(DeploymentContainer database, DeploymentContainer? cache) => new()
    {
        Name = "drill-" + database.Name,
        Database = new DatabaseEndpoint
        {
            Host = "127.0.0.1", Port = 1, Database = "letta", UserName = "letta", Password = new Secret("x"), Container = database,
        },
        Cache = cache is null ? null : new CacheEndpoint { Host = cache.Address!, Container = cache },
        Containers = [.. new[] { database, cache }.OfType<DeploymentContainer>()],
    };

    private static async Task<DrTestDeploymentSite> SiteAsync(LettaDeployment deployment) =>
        new(await DockerEngine.ConnectAsync(default), deployment, new CollectingObserver());

    private Task<LettaDrException> CheckAsync(LettaDeployment deployment) =>
        Assert.ThrowsAsync<LettaDrException>(() => new DrTestKillCheck(containers.Docker, deployment).RunAsync(default));

    public sealed class Containers : ContainerFixture, IAsyncLifetime
    {
        private PostgresServer? _server;

        internal DockerEngine Docker => Engine;

        internal async Task<PostgresServer> PostgresAsync() => _server = await PostgresServer.StartNewAsync();

        async Task IAsyncLifetime.DisposeAsync()
        {
            await (_server?.DisposeAsync() ?? Task.CompletedTask);
            await DisposeAsync();
        }

        internal Task<DeploymentContainer> RedisAsync(params string[] settings) => RedisAsync(settings, []);

        internal Task<DeploymentContainer> RedisInMemoryAsync() =>
            RedisAsync(["--appendonly", "yes"], [new ContainerVolume("tmpfs", string.Empty, "/data", false)]);

        private async Task<DeploymentContainer> RedisAsync(string[] settings, IReadOnlyList<ContainerVolume> volumes)
        {
            // On a network of its own: what starts anew while others come and go keeps to itself.
            var network = await CreateNetworkAsync();
            var id = await RunAsync(new DockerRunRequest
            {
                Image = TestImages.Redis, Network = network, Command = ["redis-server", .. settings], Volumes = volumes,
            });
            await new SandboxReadiness(Engine).CommandAsync(id, ["redis-cli", "-e", "ping"], default);
            return await Engine.InspectAsync(id, default);
        }

        internal async Task ExecAsync(DeploymentContainer container, params string[] command) =>
            Assert.Equal(0, (await Engine.ExecAsync(container.Id!, command, null, null, null, null, default)).ExitCode);

        protected override Task StartAsync() => Task.CompletedTask;
    }
}
