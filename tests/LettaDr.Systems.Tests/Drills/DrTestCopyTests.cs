namespace LettaDr.Systems.Tests;

/// <summary>Recovery tests on real copies, as small as they get.</summary>
public sealed class DrTestCopyTests : IDisposable
{
    private static readonly LettaSeedSize Small = new() { Agents = 3, Messages = 60, Passages = 8 };
    private readonly TemporaryRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [DockerTheory(TestImages.Postgres, TestImages.Redis, TestImages.Server)]
    [InlineData(DrTestScenario.FullRestore, "Compare with the set")]
    [InlineData(DrTestScenario.ComponentFailure, "Bring Server back")]
    [InlineData(DrTestScenario.NetworkPartition, "Let Cache back")]
    [InlineData(DrTestScenario.DataCorruption, "Run the runbook DatabaseCorruption")]
    [InlineData(DrTestScenario.DatabaseFailover, "Fail back: the former primary follows")]
    public async Task A_scenario_runs_to_its_end_finds_its_fault_and_leaves_nothing(DrTestScenario scenario, string step)
    {
        var result = await RunAsync(scenario, _repository.Directory, new CollectingObserver(), CancellationToken.None);

        Assert.True(result.Outcome == Outcome.Passed, string.Join("; ", result.Issues.Select(issue => issue.Issue)));
        Assert.Equal((true, false), (result.FaultCaught, result.IsEvidence));
        Assert.Contains(result.Steps, taken => taken.Name == step && taken.Outcome == Outcome.Passed);
        Assert.NotEmpty(result.Measurements);
        Assert.Contains("Made-up rows", result.Configuration["Data"], StringComparison.Ordinal);
        Assert.Equal(result.Id, Assert.Single(_repository.Directory.DrTests.Find(null)).Id);
        await AssertNothingLeftAsync(result.Target);
        Assert.Empty(JournalsOf(result.Target));
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis, TestImages.Server)]
    public async Task A_test_that_is_stopped_in_the_middle_of_its_restore_leaves_nothing()
    {
        using var stop = new CancellationTokenSource();
        using var engine = await DockerEngine.ConnectAsync(CancellationToken.None);
        DrTestTraces? before = null;
        var restoring = false;
        var observer = new CollectingObserver
        {
            OnStep = step =>
            {
                if (restoring && before is null)
                {
                    var copy = Assert.Single(_repository.Directory.DrTests.Find(null)).Target;
                    before = DrTestTraces.OfAsync(engine, SandboxLabels.Sandbox, copy).GetAwaiter().GetResult();
                    stop.Cancel();
                }

                restoring |= step == "Restore the system";
            },
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => RunAsync(DrTestScenario.FullRestore, _repository.Directory, observer, stop.Token));

        Assert.True(before is { Containers.Count: 3, Networks.Count: 1, Volumes.Count: > 1, Folders.Count: 1 }, $"{before}");
        await before.AssertGoneAsync(engine);
        var result = Assert.Single(_repository.Directory.DrTests.Find(null));
        Assert.Equal(Outcome.NotRun, result.Outcome);
        Assert.Contains(result.Steps, step => step is { Name: "Restore the system", Outcome: Outcome.NotRun });
        Assert.Empty(JournalsOf(result.Target));
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis, TestImages.Server)]
    public async Task What_a_killed_test_left_is_gone_when_the_next_one_has_begun()
    {
        using var engine = await DockerEngine.ConnectAsync(CancellationToken.None);
        using var child = await DrTestChild.StandsStillAsync(DrTestScenario.DatabaseFailover, _repository, "Write, and kill the primary");
        var left = await DrTestTraces.OfAsync(engine, DrTestOwner.Label, child.Owner);
        child.Kill();
        Assert.True(left is { Containers.Count: 4, Networks.Count: 1, Volumes.Count: > 2, Folders.Count: 1 }, $"{left}");

        using var stop = new CancellationTokenSource();
        var next = new CollectingObserver
        {
            OnStep = step =>
            {
                if (step == "Make a stand-in and back it up")
                {
                    stop.Cancel();
                }
            },
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => RunAsync(DrTestScenario.FullRestore, _repository.Directory, next, stop.Token));

        await left.AssertGoneAsync(engine);
        var results = _repository.Directory.DrTests.Find(null).OrderBy(result => result.StartedAt);
        Assert.Equal([null, Outcome.NotRun], results.Select(result => result.Outcome));
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis, TestImages.Server)]
    public async Task What_a_dead_process_left_is_removed_and_what_a_living_one_has_is_not()
    {
        using var engine = await DockerEngine.ConnectAsync(CancellationToken.None);
        var names = new[] { "lettadr-test-dead-" + Guid.NewGuid().ToString("N")[..6], "lettadr-test-live-" + Guid.NewGuid().ToString("N")[..6] };
        using var dead = System.Diagnostics.Process.Start("sleep", "0");
        var owner = ProcessOwner.Of(dead.Id);
        await dead.WaitForExitAsync();
        await engine.Containers.CreateNetworkAsync(names[0], new Dictionary<string, string> { [DrTestOwner.Label] = owner }, CancellationToken.None, isInternal: true);
        await engine.Containers.CreateNetworkAsync(names[1], DrTestOwner.Labels("live"), CancellationToken.None, isInternal: true);
        var container = await engine.Containers.RunAsync(
            new DockerRunRequest { Image = TestImages.Redis, Network = names[0], Labels = new Dictionary<string, string> { [DrTestOwner.Label] = owner } }, CancellationToken.None);
        var folder = Directory.CreateDirectory(Path.Combine(DrTestSweep.Folder, owner));
        try
        {
            await new DrTestSweep(engine, new CollectingObserver()).RunAsync(CancellationToken.None);

            await Assert.ThrowsAsync<LettaDrException>(() => engine.InspectAsync(container, CancellationToken.None));
            folder.Refresh();
            Assert.False(folder.Exists);
            Assert.Equal([names[1]], await NetworksAsync(engine, names));
        }
        finally
        {
            await engine.Containers.RemoveNetworkAsync(names[1], CancellationToken.None);
        }
    }

    [DockerFact(TestImages.Redis)]
    public async Task A_removal_that_takes_too_long_is_told_with_what_is_left()
    {
        using var engine = await DockerEngine.ConnectAsync(CancellationToken.None);
        var name = "lettadr-drill-" + Guid.NewGuid().ToString("N")[..6];
        var labels = SandboxLabels.Of(name, DateTimeOffset.UtcNow);
        await engine.Containers.CreateNetworkAsync(name + "_default", labels, default, isInternal: true);
        var options = new DrTestCopyOptions { Sandbox = new SandboxRequest { Name = name } };
        await using var hurried = new DrTestCopy(
            await DockerEngine.ConnectAsync(default), options with { RemovalLimit = TimeSpan.Zero }, new CollectingObserver());
        await using var patient = new DrTestCopy(await DockerEngine.ConnectAsync(default), options, new CollectingObserver());

        try
        {
            var left = await Assert.ThrowsAsync<LettaDrException>(hurried.LeaveAsync);
            Assert.Equal("DrTestCopyNotRemoved", left.Id);
            Assert.Contains("its containers, volumes and network (it took longer than", left.Message, StringComparison.Ordinal);
        }
        finally
        {
            Assert.Equal("No container, volume or network of it is left.", await patient.LeaveAsync());
        }

        Assert.Empty(await NetworksAsync(engine, [name + "_default"]));
    }

    [DockerFact(TestImages.Redis)]
    public async Task A_stand_in_has_nothing_of_the_deployment_and_a_set_without_the_database_is_refused()
    {
        using var engine = await DockerEngine.ConnectAsync(CancellationToken.None);
        var id = await engine.Containers.RunAsync(
            new DockerRunRequest { Image = TestImages.Redis, Environment = new Dictionary<string, string> { ["LETTA_X"] = "x" } }, default);
        try
        {
            var container = await engine.InspectAsync(id, CancellationToken.None);
            var deployment = new LettaDeployment
            {
                Name = "letta",
                Database = new DatabaseEndpoint
                {
                    Host = "127.0.0.1", Port = 1, Database = "letta", UserName = "letta", Password = new Secret("x"),
                },
                Server = new ServerEndpoint { BaseAddress = new Uri("http://letta:8283"), Container = container },
            };

            var planned = await DrTestCopyPlanner.PlanAsync(null, null, deployment, "id", CancellationToken.None);
            var refused = await Assert.ThrowsAsync<LettaDrException>(
                () => DrTestCopyPlanner.PlanAsync(SetWithoutDatabase(), _repository.Directory, deployment, "id", CancellationToken.None));

            Assert.Equal((true, SandboxRequest.DefaultServerImage), (planned.IsStandIn, planned.Sandbox.ServerImage));
            Assert.Empty(planned.Sandbox.ServerEnvironment);
            Assert.Equal("BackupWithoutPart", refused.Id);
        }
        finally
        {
            await engine.Containers.RemoveAsync(id, volumes: true, CancellationToken.None);
        }
    }

    [Fact]
    public void A_process_is_told_from_a_later_one_with_its_number()
    {
        var own = Environment.ProcessId;

        Assert.False(ProcessOwner.IsDead(DrTestOwner.Labels("a")[DrTestOwner.Label]));
        Assert.True(ProcessOwner.IsDead(ProcessOwner.Of(own, "1.0123abcd")));
        Assert.False(ProcessOwner.IsDead("1@another-machine@0"));
        Assert.False(ProcessOwner.IsDead($"1@{Environment.MachineName}{ProcessScope.SuffixOf("pid:[4026532201]")}@0"));
        // What an earlier version wrote tells of no start that could be compared.
        var earlier = $"{own}@{ProcessScope.Name}";
        Assert.All([earlier, $"{earlier}@1700000000"], living => Assert.False(ProcessOwner.IsDead(living)));
    }

    [Fact]
    public void A_clock_that_is_set_kills_no_process()
    {
        var stat = File.ReadAllText("/proc/self/stat");
        var ticks = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];

        Assert.Equal(ticks, ProcessOwner.Own.Split('@')[2].Split('.')[0]);
    }

    [Fact]
    public void A_process_that_has_died_is_dead_though_its_parent_takes_no_notice()
    {
        using var parent = System.Diagnostics.Process.Start("sh", ["-c", "sleep 600 & exec sleep 600"]);
        var children = $"/proc/{parent.Id}/task/{parent.Id}/children";
        Assert.True(SpinWait.SpinUntil(() => File.ReadAllText(children).Length > 0, TimeSpan.FromMinutes(1)));
        var child = int.Parse(File.ReadAllText(children), System.Globalization.CultureInfo.InvariantCulture);
        var owner = ProcessOwner.Of(child);
        Assert.False(ProcessOwner.IsDead(owner));
        using (var kill = System.Diagnostics.Process.Start("kill", ["-9", $"{child}"]))
        {
            kill.WaitForExit();
        }

        Assert.True(SpinWait.SpinUntil(() => ProcessOwner.IsDead(owner), TimeSpan.FromMinutes(1)));
        Assert.True(Directory.Exists($"/proc/{child}"));
        parent.Kill();
    }

    /// <summary>A recovery test as small as it gets, on made-up rows.</summary>
    internal static async Task<DrTestResult> RunAsync(
        DrTestScenario scenario, IBackupRepository repository, IOperationObserver observer, CancellationToken cancellationToken)
    {
        var subject = new DrTestSubject(DrTestSubject.StandIn, null, repository, null, new RecoveryTargets());
        var run = await DrTestRun.OnCopyAsync(scenario, subject, Small, 2, TimeSpan.FromMinutes(1), CancellationToken.None);
        return await run.RunAsync(observer, cancellationToken);
    }

    private static Backup SetWithoutDatabase() => new()
    {
        Id = "20261122T120000Z-abcdef", Deployment = "letta", State = BackupState.Complete, Repository = "/repository",
        Path = "/repository/x", SnapshotTime = DateTimeOffset.UnixEpoch,
        Manifest = new BackupManifest
        {
            Format = BackupManifest.CurrentFormat, Id = "20261122T120000Z-abcdef", Deployment = "letta", Writer = "LettaDr",
            StartedAt = DateTimeOffset.UnixEpoch, CompletedAt = DateTimeOffset.UnixEpoch, Files = [],
        },
    };

    private static IEnumerable<string> JournalsOf(string name) => Directory.Exists(LocalState.Folder("operations"))
        ? Directory.EnumerateFiles(LocalState.Folder("operations"), "*SystemRestore.json").Where(file => File.ReadAllText(file).Contains(name, StringComparison.Ordinal))
        : [];

    private static async Task AssertNothingLeftAsync(string name)
    {
        using var engine = await DockerEngine.ConnectAsync(CancellationToken.None);
        Assert.DoesNotContain(name, await new SandboxInventory(engine).NamesAsync(CancellationToken.None));
        Assert.Empty(await NetworksAsync(engine, [name + "_default"]));
    }

    private static async Task<IEnumerable<string>> NetworksAsync(DockerEngine engine, IReadOnlyList<string> names) =>
        (await engine.GuardAsync("list networks", client => client.Networks.ListNetworksAsync(), CancellationToken.None)).Select(network => network.Name).Where(names.Contains);
}
