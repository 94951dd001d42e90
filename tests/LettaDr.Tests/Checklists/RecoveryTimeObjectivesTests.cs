namespace LettaDr.Tests;

public sealed class RecoveryTimeObjectivesTests
{
    [Fact]
    public void There_are_always_the_eight_rows_of_the_guide_with_its_targets()
    {
        var rows = RecoveryObjectives.Measure(RecoveryCase.With() with { Sets = [], IsLive = false }, new RecoveryTargets());

        Assert.Equal(
            [
                "RTO Database 2:00:00", "RTO Server 0:30:00", "RTO Cache 0:15:00", "RTO System 4:00:00",
                "RPO Database 0:15:00", "RPO MessageQueue 0:05:00", "RPO Configuration 1:00:00", "RPO System 0:15:00",
            ],
            rows.Select(row => $"{row.Kind} {row.Component} {DurationText.Of(row.Target)}"));
        Assert.All(rows, row => Assert.NotEmpty(row.Evidence));
        Assert.DoesNotContain(rows, row => row.Outcome == Outcome.Passed);
    }

    [Theory]
    [InlineData(RecoveryComponent.Database, 90)]
    [InlineData(RecoveryComponent.Server, 25)]
    [InlineData(RecoveryComponent.Cache, 5)]
    [InlineData(RecoveryComponent.System, 1800)]
    public void Each_row_is_met_missed_stale_or_never_measured(RecoveryComponent component, int seconds)
    {
        var evidence = RecoveryCase.With(RecoveryCase.System());
        var exact = Targets(component, seconds);

        var met = Measure(evidence, component, exact);
        Assert.Equal((Outcome.Passed, TimeSpan.FromSeconds(seconds), (string?)null), (met.Outcome, met.Actual, met.Remedy));
        Assert.Contains("20261122T121000Z-00000a of set 20261122T120000Z-abcdef", met.Evidence, StringComparison.Ordinal);
        Assert.True(met.MeasuredAt < RecoveryCase.Now);

        var missed = Measure(evidence, component, Targets(component, seconds - 1));
        Assert.Equal((Outcome.Failed, TimeSpan.FromSeconds(seconds)), (missed.Outcome, missed.Actual));
        Assert.NotNull(missed.Remedy);

        var limit = exact.TestedWithin(component);
        var stale = Measure(evidence with { Now = met.MeasuredAt!.Value + limit + TimeSpan.FromSeconds(1) }, component, exact);
        Assert.Equal((Outcome.NotRun, TimeSpan.FromSeconds(seconds)), (stale.Outcome, stale.Actual));
        Assert.Contains($"{limit.TotalDays:0} days", stale.Evidence, StringComparison.Ordinal);
        Assert.Equal(Outcome.Passed, Measure(evidence with { Now = met.MeasuredAt!.Value + limit }, component, exact).Outcome);

        var never = Measure(RecoveryCase.With(), component, exact);
        Assert.Equal((Outcome.NotRun, null, null), (never.Outcome, never.Actual, never.MeasuredAt));
        Assert.NotNull(never.Remedy);
    }

    [Fact]
    public void A_part_of_a_system_restore_is_no_second_measurement_and_a_restore_alone_is_one()
    {
        var within = RecoveryCase.Restore(id: RecoveryCase.System().Id, minutesAgo: 5);

        Assert.Equal(90, Seconds(RecoveryCase.With(RecoveryCase.System(), within), RecoveryComponent.Database));
        Assert.Equal(80, Seconds(RecoveryCase.With(RecoveryCase.System(), RecoveryCase.Restore(minutesAgo: 5)), RecoveryComponent.Database));
        Assert.Equal(80, Seconds(RecoveryCase.With(RecoveryCase.Restore("RestoreTest")), RecoveryComponent.Database));
        Assert.Equal(80, Seconds(RecoveryCase.With(RecoveryCase.Restore("RestoreCache")), RecoveryComponent.Cache));
        Assert.Contains("drill", Measure(RecoveryCase.With(RecoveryCase.Restore("RestoreTest")), RecoveryComponent.Database).Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void The_journal_of_a_backup_is_no_restore() =>
        Assert.Equal(Outcome.NotRun, Measure(RecoveryCase.With(RecoveryCase.Restore("Backup"), RecoveryCase.Restore("Retention")), RecoveryComponent.Database).Outcome);

    [Fact]
    public void The_newest_success_counts_and_a_failure_after_it_is_not_passed_over()
    {
        var old = RecoveryCase.Restore(id: "1", minutesAgo: 50, factor: 3);
        var newer = RecoveryCase.Restore(id: "2", minutesAgo: 40);
        var failed = RecoveryCase.Restore(id: "3", minutesAgo: 20, outcome: Outcome.Failed, message: "The disk is full.");
        Assert.Equal(80, Seconds(RecoveryCase.With(newer, old), RecoveryComponent.Database));

        var row = Measure(RecoveryCase.With(old, failed, newer), RecoveryComponent.Database);

        Assert.Equal((Outcome.Failed, TimeSpan.FromSeconds(80)), (row.Outcome, row.Actual));
        Assert.Contains("3 failed: The disk is full.", row.Evidence, StringComparison.Ordinal);
        Assert.Equal(Outcome.Passed, Measure(RecoveryCase.With(failed, newer, RecoveryCase.Restore(id: "4", minutesAgo: 10)), RecoveryComponent.Database).Outcome);
    }

    [Fact]
    public void What_was_stopped_or_died_or_was_of_an_older_set_takes_no_success_away()
    {
        var success = RecoveryCase.Restore();
        OperationJournal[] harmless =
        [
            RecoveryCase.Restore(id: "2", minutesAgo: 20, outcome: Outcome.Failed, message: OperationRecorder.Stopped),
            RecoveryCase.Restore(id: "3", minutesAgo: 20, outcome: null),
            RecoveryCase.Restore(id: "4", minutesAgo: 20, outcome: Outcome.Failed, message: "A file is damaged.", set: "20261101T120000Z-abcdef"),
        ];

        Assert.Equal(Outcome.Passed, Measure(RecoveryCase.With([success, .. harmless]), RecoveryComponent.Database).Outcome);
        var ended = Measure(RecoveryCase.With(harmless[..2]), RecoveryComponent.Database);
        Assert.Equal(Outcome.NotRun, ended.Outcome);
        Assert.Contains("2 were stopped or died", ended.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_only_failed_is_failed_and_not_unmeasured()
    {
        var row = Measure(RecoveryCase.With(RecoveryCase.Restore(outcome: Outcome.Failed, message: "The disk is full.")), RecoveryComponent.Database);

        Assert.Equal((Outcome.Failed, null), (row.Outcome, row.Actual));
        Assert.Contains("The disk is full.", row.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_restore_that_left_steps_out_says_nothing_of_the_whole()
    {
        var partial = RecoveryCase.System(steps: [(RestoreStepKind.StartInfrastructure, 5), (RestoreStepKind.RestoreDatabase, 80), (RestoreStepKind.ReconcileCache, 1)]);

        Assert.Equal(85, Seconds(RecoveryCase.With(partial), RecoveryComponent.Database));
        Assert.All(
            new[] { RecoveryComponent.Server, RecoveryComponent.Cache, RecoveryComponent.System },
            component => Assert.Equal(Outcome.NotRun, Measure(RecoveryCase.With(partial), component).Outcome));
    }

    [Fact]
    public void A_system_restore_that_failed_in_a_step_fails_that_component_and_the_whole()
    {
        var journal = RecoveryCase.System(outcome: Outcome.Failed, message: "The disk is full.", steps: [(RestoreStepKind.RestoreDatabase, 80), (RestoreStepKind.StartServer, 25)]);
        journal = journal with { Steps = [journal.Steps[0], RecoveryCase.Step(nameof(RestoreStepKind.StartServer), 25, outcome: Outcome.Failed)] };
        var evidence = RecoveryCase.With(journal);

        Assert.Equal(Outcome.Passed, Measure(evidence, RecoveryComponent.Database).Outcome);
        Assert.Equal(Outcome.Failed, Measure(evidence, RecoveryComponent.Server).Outcome);
        Assert.Equal(Outcome.Failed, Measure(evidence, RecoveryComponent.System).Outcome);
    }

    [Fact]
    public void A_target_that_is_a_bare_number_is_refused()
    {
        var fault = Assert.Throws<LettaDrException>(() => RecoveryObjectives.Measure(RecoveryCase.With(), new RecoveryTargets { DatabaseRpo = new TimeSpan(15) }));

        Assert.Equal("ObjectiveTooShort", fault.Id);
        Assert.Contains("DatabaseRpo", fault.Message, StringComparison.Ordinal);
    }

    private static RecoveryObjective Measure(RecoveryEvidence evidence, RecoveryComponent component, RecoveryTargets? targets = null) =>
        RecoveryCase.Measure(evidence, RecoveryObjectiveKind.RTO, component, targets);

    private static double Seconds(RecoveryEvidence evidence, RecoveryComponent component) => Measure(evidence, component).Actual!.Value.TotalSeconds;

    private static RecoveryTargets Targets(RecoveryComponent component, int seconds) => component switch
    {
        RecoveryComponent.Database => new() { DatabaseRto = TimeSpan.FromSeconds(seconds) },
        RecoveryComponent.Server => new() { ServerRto = TimeSpan.FromSeconds(seconds) },
        RecoveryComponent.Cache => new() { CacheRto = TimeSpan.FromSeconds(seconds) },
        _ => new() { SystemRto = TimeSpan.FromSeconds(seconds) },
    };
}
