namespace LettaDr.Tests;

public sealed class QueueObjectiveTests
{
    private static readonly CachePersistence AppendOnly = new()
    {
        Cache = "Redis at 172.18.0.3:6379", AppendOnly = true, Flushing = "everysec", LastWriteSucceeded = true,
    };

    private static readonly CachePersistence Snapshots = new()
    {
        Cache = "Redis at 172.18.0.3:6379", AppendOnly = false, LastWriteSucceeded = true, SaveRules = "3600 1 300 100 60 10000",
        LastSave = RecoveryCase.Now.AddMinutes(-4), ChangesSinceSave = 12,
    };

    [Theory]
    [InlineData("always", 0, false, 0, 0)]
    [InlineData("everysec", 0, false, 1, 1)]
    [InlineData("everysec", 3, false, 2, 2)]
    [InlineData("everysec", 0, true, 1, 30)]
    [InlineData("no", 0, false, 30, 30)]
    public void An_append_only_file_bounds_the_loss_by_its_flushing(string flushing, long late, bool pauses, int now, int most)
    {
        var row = Measure(AppendOnly with { Flushing = flushing, LateFlushes = late, PausesForRewrite = pauses });

        Assert.Equal((Outcome.Passed, TimeSpan.FromSeconds(now), TimeSpan.FromSeconds(most)), (row.Outcome, row.Actual, row.WorstCase));
        Assert.Contains("there is no copy of it in any set", row.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_that_the_worst_case_exceeds_is_missed()
    {
        var targets = new RecoveryTargets { MessageQueueRpo = TimeSpan.FromSeconds(5) };

        Assert.Equal(Outcome.Passed, Measure(AppendOnly, targets).Outcome);
        Assert.Equal(Outcome.Failed, Measure(AppendOnly with { PausesForRewrite = true }, targets).Outcome);
    }

    [Fact]
    public void Snapshots_lose_what_changed_since_the_last_and_at_most_what_the_rule_for_one_change_allows()
    {
        var hourly = Measure(Snapshots);
        Assert.Equal((Outcome.Failed, TimeSpan.FromMinutes(4), TimeSpan.FromHours(1)), (hourly.Outcome, hourly.Actual, hourly.WorstCase));
        Assert.Contains("CONFIG SET appendonly yes", hourly.Remedy, StringComparison.Ordinal);

        var often = Measure(Snapshots with { SaveRules = "120 1" });
        Assert.Equal((Outcome.Passed, TimeSpan.FromMinutes(2)), (often.Outcome, often.WorstCase));
        Assert.Equal(TimeSpan.Zero, Measure(Snapshots with { ChangesSinceSave = 0 }).Actual);
    }

    [Theory]
    [InlineData("")]
    [InlineData("300 100 60 10000")]
    [InlineData("nonsense")]
    public void Where_one_change_may_never_be_saved_nothing_limits_the_loss(string rules)
    {
        var row = Measure(Snapshots with { SaveRules = rules, ChangesSinceSave = 0 });

        Assert.Equal((Outcome.Failed, TimeSpan.Zero, null), (row.Outcome, row.Actual, row.WorstCase));
        Assert.StartsWith("Nothing limits what may be lost.", row.Evidence, StringComparison.Ordinal);
        Assert.NotNull(row.Remedy);
    }

    [Fact]
    public void A_Redis_whose_last_write_failed_or_that_does_not_answer_misses_it()
    {
        var failed = Measure(AppendOnly with { LastWriteSucceeded = false });
        var silent = Measure(null, problem: "Redis at x does not answer.");

        Assert.All(new[] { failed, silent }, row => Assert.Equal((Outcome.Failed, null), (row.Outcome, row.Actual)));
        Assert.Contains("does not answer", silent.Evidence, StringComparison.Ordinal);
        Assert.Equal(Outcome.NotRun, Measure(null).Outcome);
        Assert.Contains("has no Redis", Measure(null).Evidence, StringComparison.Ordinal);
    }

    private static RecoveryObjective Measure(CachePersistence? cache, RecoveryTargets? targets = null, string? problem = null) => RecoveryCase.Measure(
        RecoveryCase.With() with { Cache = cache, CacheProblem = problem }, RecoveryObjectiveKind.RPO, RecoveryComponent.MessageQueue, targets);
}
