namespace LettaDr.Tests;

public sealed class DrTestTests
{
    private readonly List<DrTestResult> _saved = [];

    [Fact]
    public async Task A_test_that_finds_what_it_should_passes_and_documents_all_six_parts()
    {
        var site = new FakeSite();

        var result = await RunAsync(site);

        Assert.Equal((Outcome.Passed, true, true), (result.Outcome, result.FaultCaught, site.Disposed));
        Assert.Empty(site.Down);
        Assert.NotEmpty(result.Objectives);
        Assert.Equal("17", result.Configuration["PostgreSQL"]);
        Assert.Contains(result.Steps, step => step.Observed.Contains("Database: It is down.", StringComparison.Ordinal));
        Assert.Equal(
            [RecoveryComponent.Database, RecoveryComponent.Cache, RecoveryComponent.Server], result.Measurements.Select(measurement => measurement.Component));
        Assert.NotNull(result.PlantedFault);
        Assert.Empty(result.Issues);
    }

    [Fact]
    public async Task It_is_written_down_at_its_beginning_and_after_each_step()
    {
        var result = await RunAsync(new FakeSite());

        Assert.Equal((0, null), (_saved[0].Steps.Count, _saved[0].EndedAt));
        Assert.Equal(Enumerable.Range(0, result.Steps.Count + 1), _saved.Select(saved => saved.Steps.Count).Distinct());
        Assert.NotNull(_saved[^1].EndedAt);
    }

    [Fact]
    public async Task Checks_that_see_nothing_fail_the_test()
    {
        var result = await RunAsync(new FakeSite { Blind = true });

        Assert.Equal(Outcome.Failed, result.Outcome);
        Assert.Contains(result.Issues, issue => issue.Issue.Contains("was killed, and every check passes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_planted_fault_that_is_not_found_fails_a_test_in_which_all_else_went_well()
    {
        var site = new FakeSite { BlindFrom = 4 };

        var result = await RunAsync(site);

        Assert.Equal((Outcome.Failed, false), (result.Outcome, result.FaultCaught));
        Assert.All(result.Steps, step => Assert.Equal(Outcome.Passed, step.Outcome));
        Assert.Contains(result.Recommendations, sentence => sentence.Contains("Do not trust", StringComparison.Ordinal));
        Assert.Empty(site.Down);
    }

    [Fact]
    public async Task A_missed_objective_is_an_issue_and_no_failure_of_the_procedure()
    {
        var result = await RunAsync(new FakeSite(), new RecoveryTargets { CacheRto = TimeSpan.FromTicks(1) });

        Assert.Contains(result.Measurements, measurement => measurement is { Component: RecoveryComponent.Cache, Met: false });
        Assert.Contains(result.Issues, issue => issue.Issue.Contains("RTO of Cache", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_test_that_is_stopped_has_not_run_and_its_site_is_left()
    {
        using var stop = new CancellationTokenSource();
        var site = new FakeSite { OnKill = stop.Cancel };

        await Assert.ThrowsAsync<OperationCanceledException>(() => RunAsync(site, token: stop.Token));

        Assert.True(site.Disposed);
        Assert.Equal((Outcome.NotRun, Outcome.NotRun), (_saved[^1].Outcome, _saved[^1].Steps[^2].Outcome));
    }

    [Fact]
    public async Task A_copy_that_cannot_be_removed_fails_the_test()
    {
        var failure = new LettaDrException("X", FaultKind.OperationFailed, "The network stays.", "Remove it.");

        var result = await RunAsync(new FakeSite { LeaveFailure = failure });

        Assert.Equal(Outcome.Failed, result.Outcome);
        Assert.Contains(result.Issues, issue => issue.Issue == "The network stays.");
    }

    [Fact]
    public async Task Whatever_fails_when_it_is_left_costs_no_result_and_hides_no_failure()
    {
        var slow = await RunAsync(new FakeSite { LeaveFailure = new TaskCanceledException("It took too long.") });
        var broken = new FakeSite
        {
            PrepareFailure = new InvalidOperationException("The first."), LeaveFailure = new IOException("It stays."),
        };
        var both = await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(broken));

        Assert.Equal(Outcome.Failed, slow.Outcome);
        Assert.Contains(slow.Issues, issue => issue.Issue == "It took too long.");
        Assert.Equal(("The first.", Outcome.Failed, true), (both.Message, _saved[^1].Outcome, _saved[^1].EndedAt is not null));
        Assert.Equal(["It broke off: The first.", "It stays."], _saved[^1].Issues.Select(issue => issue.Issue));
    }

    [Fact]
    public async Task A_set_that_does_not_restore_is_evidence_against_its_deployment()
    {
        var damaged = new LettaDrException("X", FaultKind.DataCorrupt, "A file of the set is damaged.", "Use another.");

        var result = await RunAsync(new FakeSite { PrepareFailure = damaged }, backupId: "20261123T110000Z-bbbbbb");

        Assert.Equal((Outcome.Failed, "20261123T110000Z-bbbbbb", true), (result.Outcome, result.BackupId, result.IsEvidence));
        Assert.DoesNotContain(result.Recommendations, sentence => sentence.Contains("made-up rows", StringComparison.Ordinal));
        var schedule = DrTestSchedule.Of("letta", [result], [], new DrTestFrequencies(), DrTestCase.Now);
        Assert.Equal(Outcome.Failed, schedule.Single(entry => entry.Test == "ComponentFailure").LastOutcome);
    }

    [Theory]
    [InlineData(DrTestScenario.FullRestore)]
    [InlineData(DrTestScenario.DatabaseFailover)]
    [InlineData(DrTestScenario.NetworkPartition)]
    [InlineData(DrTestScenario.DataCorruption)]
    public void What_loses_data_or_may_stay_broken_is_never_run_on_a_deployment_itself(DrTestScenario scenario) =>
        Assert.NotNull(DrTestScript.Of(scenario, TimeSpan.FromMinutes(1)).WhyOnlyOnCopy);

    private Task<DrTestResult> RunAsync(
        IDrTestSite site, RecoveryTargets? targets = null, CancellationToken token = default, string? backupId = null)
    {
        var script = DrTestScript.Of(DrTestScenario.ComponentFailure, TimeSpan.FromSeconds(5));
        var begun = DrTest.Begin(
            "20261123T120000Z-aaaaaa", DrTestScenario.ComponentFailure, "letta", "letta", backupId is not null, backupId, script);
        var recorder = new DrTestRecorder(begun, targets ?? new RecoveryTargets(), NoObserver.Instance, [new Store(_saved)]);
        return new DrTest(script, _ => Task.FromResult(site)).RunAsync(recorder, token);
    }

    private sealed class Store(List<DrTestResult> saved) : IDrTestStore
    {
        public void Save(DrTestResult result) => saved.Add(result);

        public IReadOnlyList<DrTestResult> Find(string? deployment) => saved;
    }
}
