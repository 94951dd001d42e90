namespace LettaDr.Tests;

public sealed class DrTestScheduleTests
{
    private static readonly DateTimeOffset Now = DrTestCase.Now;

    [Fact]
    public void Without_history_each_kind_of_the_guide_is_due_now()
    {
        var entries = Schedule([]);

        Assert.Equal(
            [("FullRestore", 92.0), ("DatabaseFailover", 14), ("ComponentFailure", 31), ("NetworkPartition", 31), ("DataCorruption", 31), ("BackupValidation", 7)],
            entries.Select(entry => (entry.Test, entry.Every.TotalDays)));
        Assert.All(entries, entry => Assert.Equal((true, Now, null, null), (entry.IsOverdue, entry.NextDue, entry.LastPassed, entry.LastOutcome)));
    }

    [Theory]
    [InlineData(91, false)]
    [InlineData(92, true)]
    [InlineData(93, true)]
    public void It_is_due_again_when_its_time_has_passed_since_the_newest_that_passed(double daysAgo, bool overdue)
    {
        var entry = Schedule([DrTestCase.Ended(DrTestScenario.FullRestore, daysAgo), DrTestCase.Ended(DrTestScenario.FullRestore, 300)])[0];

        Assert.Equal((overdue, Now.AddDays(92 - daysAgo), Now.AddDays(-daysAgo)), (entry.IsOverdue, entry.NextDue, entry.LastPassed!.Value));
        Assert.Equal(Outcome.Passed, entry.LastOutcome);
    }

    [Fact]
    public void A_failure_since_makes_it_due_now()
    {
        var entry = Schedule([DrTestCase.Ended(DrTestScenario.FullRestore, 2), DrTestCase.Ended(DrTestScenario.FullRestore, 1, Outcome.Failed)])[0];

        Assert.Equal((true, Now, Outcome.Failed), (entry.IsOverdue, entry.NextDue, entry.LastOutcome));
        Assert.Equal(Now.AddDays(-2), entry.LastPassed);
    }

    [Fact]
    public void A_pass_after_a_failure_holds_and_one_that_was_stopped_says_nothing()
    {
        var entry = Schedule(
        [
            DrTestCase.Ended(DrTestScenario.FullRestore, 3, Outcome.Failed), DrTestCase.Ended(DrTestScenario.FullRestore, 2),
            DrTestCase.Ended(DrTestScenario.FullRestore, 1, Outcome.NotRun),
        ])[0];

        Assert.Equal((false, Outcome.NotRun, Now.AddDays(90)), (entry.IsOverdue, entry.LastOutcome, entry.NextDue));
    }

    [Fact]
    public void What_never_ended_is_of_others_or_ran_on_made_up_rows_does_not_count()
    {
        var passed = DrTestCase.Ended(DrTestScenario.FullRestore, 1);

        Assert.All(
            new[] { passed with { EndedAt = null, Outcome = null }, passed with { Deployment = "other" }, passed with { BackupId = null } },
            result => Assert.True(Schedule([result])[0].IsOverdue));
        Assert.False(Schedule([passed with { BackupId = null, IsSandbox = false }])[0].IsOverdue);
    }

    [Fact]
    public void One_scenario_does_not_stand_in_for_another()
    {
        var entries = Schedule([DrTestCase.Ended(DrTestScenario.ComponentFailure, 1)]);

        Assert.Equal(["ComponentFailure"], entries.Where(entry => !entry.IsOverdue).Select(entry => entry.Test));
    }

    [Fact]
    public void When_the_newest_ended_is_told_however_it_did()
    {
        var failed = DrTestCase.Ended(DrTestScenario.FullRestore, 1) with { Outcome = Outcome.Failed };
        var entries = Schedule([failed, DrTestCase.Ended(DrTestScenario.FullRestore, 9)]);

        Assert.Equal((failed.EndedAt, Outcome.Failed), (entries[0].LastEnded, entries[0].LastOutcome));
        Assert.Null(entries[1].LastEnded);
    }

    [Fact]
    public void The_plans_frequencies_hold()
    {
        var entries = DrTestSchedule.Of(
            "letta", [DrTestCase.Ended(DrTestScenario.DataCorruption, 2)], [], new DrTestFrequencies { Component = TimeSpan.FromDays(1) }, Now);

        Assert.True(entries.Single(entry => entry.Test == "DataCorruption").IsOverdue);
    }

    [Fact]
    public void A_set_that_was_restored_to_prove_it_is_a_backup_validation()
    {
        Assert.Equal((false, Now.AddDays(6)), Validated(new BackupValidation(Now.AddDays(-1), Outcome.Passed)));
        Assert.Equal((true, Now.AddDays(-1)), Validated(new BackupValidation(Now.AddDays(-8), Outcome.Passed)));
        Assert.Equal((true, Now), Validated(new BackupValidation(Now.AddDays(-1), Outcome.Passed), new BackupValidation(Now, Outcome.Failed)));
    }

    private static (bool, DateTimeOffset) Validated(params BackupValidation[] validations)
    {
        var entry = DrTestSchedule.Of("letta", [], validations, new DrTestFrequencies(), Now)[^1];
        return (entry.IsOverdue, entry.NextDue);
    }

    private static IReadOnlyList<DrTestScheduleEntry> Schedule(IReadOnlyList<DrTestResult> history) =>
        DrTestSchedule.Of("letta", history, [], new DrTestFrequencies(), Now);
}
