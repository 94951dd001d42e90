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
        var subject = new DrTestSubject(DrTestSubject.StandIn, null, _repository.Directory, null, new RecoveryTargets());
        var run = await DrTestRun.OnCopyAsync(scenario, subject, Small, 2, TimeSpan.FromMinutes(1), CancellationToken.None);

        var result = await run.RunAsync(new CollectingObserver(), CancellationToken.None);

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
    public async Task What_a_dead_process_left_is_removed_and_what_a_living_one_has_is_not()
    {
        using var engine = await DockerEngine.ConnectAsync(CancellationToken.None);
        var names = new[] { "lettadr-test-dead-" + Guid.NewGuid().ToString("N")[..6], "lettadr-test-live-" + Guid.NewGuid().ToString("N")[..6] };
        using var dead = System.Diagnostics.Process.Start("sleep", "0");
        var owner = DrTestOwner.Owner(dead.Id, DateTime.Now);
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

    [Fact]
    public void A_process_is_told_from_a_later_one_with_its_number()
    {
        using var own = System.Diagnostics.Process.GetCurrentProcess();

        Assert.False(DrTestOwner.IsDead(DrTestOwner.Labels("a")[DrTestOwner.Label]));
        Assert.True(DrTestOwner.IsDead(DrTestOwner.Owner(own.Id, own.StartTime.AddHours(-1))));
        Assert.False(DrTestOwner.IsDead("1@another-machine@0"));
    }

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
