namespace LettaDr.Systems.Tests;

/// <summary>What a report concludes from what it was given.</summary>
public sealed class ReportVerdictTests
{
    private static DrReport Of(params object[] items) => ReportSample.Build(items);

    private static CheckResult Check(Outcome outcome, string name = "A") => ReportSample.Check(name, outcome);

    [Fact]
    public void All_that_passed_is_Passed() => Assert.Equal(Outcome.Passed, Of(Check(Outcome.Passed), Check(Outcome.Passed, "B")).Counts.Verdict);

    [Fact]
    public void What_was_not_run_has_not_passed()
    {
        var report = Of(Check(Outcome.Passed), Check(Outcome.NotRun, "B"));

        Assert.Equal((Outcome.NotRun, new ReportCounts(1, 0, 1)), (report.Counts.Verdict, report.Counts));
        Assert.Equal("Nothing failed, but 1 of 2 judgements was not run.", report.Headline);
    }

    [Fact]
    public void One_failure_among_any_number_fails()
    {
        var report = Of(Check(Outcome.Passed), Check(Outcome.NotRun, "B"), Check(Outcome.Failed, "C"));

        Assert.Equal(Outcome.Failed, report.Counts.Verdict);
        Assert.Equal("1 of 3 judgements failed, and 1 was not run.", report.Headline);
    }

    [Fact]
    public void A_report_without_any_judgement_has_not_passed()
    {
        var report = Of(ReportSample.Set("letta", ReportSample.Now), ReportSample.Journals(1).Single(), ReportSample.Retention().First());

        Assert.Equal((Outcome.NotRun, 0), (report.Counts.Verdict, report.Counts.Total));
        Assert.Equal("Nothing in this report was judged.", report.Headline);
    }

    [Theory]
    [InlineData(BackupState.Complete, null, 0, 0, 0)]
    [InlineData(BackupState.Complete, Outcome.Passed, 1, 0, 0)]
    [InlineData(BackupState.Complete, Outcome.Failed, 0, 1, 0)]
    [InlineData(BackupState.Complete, Outcome.NotRun, 0, 0, 1)]
    [InlineData(BackupState.Damaged, null, 0, 1, 0)]
    [InlineData(BackupState.Incomplete, null, 0, 0, 0)]
    public void A_set_is_judged_by_the_attempt_to_restore_it(BackupState state, Outcome? proof, int passed, int failed, int notRun) =>
        Assert.Equal(new ReportCounts(passed, failed, notRun), Of(ReportSample.Set("letta", ReportSample.Now, state, proof)).Counts);

    [Fact]
    public void Of_recovery_tests_and_alerts_only_the_newest_of_each_kind_counts()
    {
        var now = ReportSample.Now;
        var report = Of(
            ReportSample.Drill(DrTestScenario.FullRestore, now.AddDays(-2), Outcome.Passed), ReportSample.Drill(DrTestScenario.FullRestore, now.AddDays(-9), Outcome.Failed),
            ReportSample.Drill(DrTestScenario.FullRestore, now.AddDays(-1), Outcome.Failed, "another"), ReportSample.Drill(DrTestScenario.DataCorruption, now, null),
            ReportSample.Delivery("mail", true, -1), ReportSample.Delivery("mail", false, -2));

        Assert.Equal(new ReportCounts(2, 1, 1), report.Counts);
        Assert.Equal(6, report.Records);
        Assert.Equal(3, report.Sections.Single(section => section.Key == "drills").Details.Count);
    }

    [Fact]
    public void A_recovery_test_on_made_up_rows_judges_nothing_and_hides_no_failure()
    {
        var failed = ReportSample.Drill(DrTestScenario.FullRestore, ReportSample.Now.AddDays(-2), Outcome.Failed);
        var practised = ReportSample.Drill(DrTestScenario.FullRestore, ReportSample.Now.AddDays(-1), Outcome.Passed) with { BackupId = null };

        Assert.Equal(new ReportCounts(0, 1, 0), Of(failed, practised).Counts);
        var alone = Of(practised);
        Assert.Equal((Outcome.NotRun, 0), (alone.Counts.Verdict, alone.Counts.Total));
        Assert.Contains("1 test on made-up rows is no evidence", alone.Sections[0].Summary, StringComparison.Ordinal);
        Assert.Contains("a stand-in with made-up rows", alone.Sections[0].Rows[0].Cells);
        Assert.Contains(alone.Sections[0].Details[0].Parts[0].Lines, line => line.Contains("is no evidence", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Outcome.NotRun)]
    [InlineData(null)]
    public void A_recovery_test_that_was_stopped_or_runs_says_nothing_against_a_failure_before_it(Outcome? newer)
    {
        var now = ReportSample.Now;
        var stopped = ReportSample.Drill(DrTestScenario.FullRestore, now, newer);
        var failed = ReportSample.Drill(DrTestScenario.FullRestore, now.AddDays(-1), Outcome.Failed);
        var passed = ReportSample.Drill(DrTestScenario.FullRestore, now.AddDays(-2), Outcome.Passed);

        foreach (var order in new object[][] { [stopped, failed, passed], [passed, failed, stopped], [failed, stopped, passed] })
        {
            var report = Of(order);
            Assert.Equal(new ReportCounts(0, 1, 0), report.Counts);
            Assert.Equal(Outcome.Failed, Assert.Single(report.Sections[0].Details).Outcome);
        }

        Assert.Equal(new ReportCounts(0, 0, 1), Of(stopped, passed).Counts);
    }

    [Fact]
    public void An_endpoint_of_one_deployment_says_nothing_of_anothers_of_the_same_name() => Assert.Equal(
        new ReportCounts(1, 1, 0),
        Of(ReportSample.Delivery("ops", false, -2) with { Deployment = "a" }, ReportSample.Delivery("ops", true, -1) with { Deployment = "b" }).Counts);

    [Fact]
    public void What_was_refused_is_told_and_keeps_the_verdict_from_Passed()
    {
        var builder = new DrReportBuilder(ReportSample.Now, "here");
        builder.Add(Check(Outcome.Passed));
        Assert.Throws<LettaDrException>(() => builder.Add("text"));
        var report = builder.Build();

        Assert.Equal((Outcome.NotRun, 1), (report.Verdict, report.Records));
        Assert.Equal("The one judgement passed. 1 object could not be taken and is not in it.", report.Headline);
        builder.Add(Check(Outcome.Failed));
        Assert.Equal(Outcome.Failed, builder.Build().Verdict);
    }

    [Theory]
    [InlineData(-1, Outcome.Passed, Outcome.Passed)]
    [InlineData(-1, Outcome.Failed, Outcome.Failed)]
    [InlineData(-1, Outcome.NotRun, Outcome.NotRun)]
    [InlineData(-40, Outcome.Passed, Outcome.Failed)]
    [InlineData(null, Outcome.Failed, Outcome.Failed)]
    [InlineData(null, null, Outcome.NotRun)]
    public void What_is_overdue_has_failed_and_what_was_never_tested_is_not_run(int? passed, Outcome? last, Outcome expected) =>
        Assert.Equal(expected, Of(ReportSample.Entry("DatabaseFailover", 14, passed, last)).Counts.Verdict);

    [Fact]
    public void A_restore_whose_check_failed_or_that_took_too_long_has_failed()
    {
        var restored = ReportSample.Restores().OfType<SystemRestoreResult>().Single();

        Assert.Equal(Outcome.Passed, Of(restored).Counts.Verdict);
        Assert.Equal(Outcome.Failed, Of(restored with { Checks = [Check(Outcome.Failed)] }).Counts.Verdict);
        Assert.Equal(Outcome.NotRun, Of(restored with { Checks = [Check(Outcome.NotRun)] }).Counts.Verdict);
        Assert.Equal(Outcome.Failed, Of(restored with { RecoveryTimes = [new RecoveryTime("System", TimeSpan.FromHours(4), TimeSpan.FromHours(5))] }).Counts.Verdict);
        Assert.Equal(Outcome.Failed, Of(restored with { Agents = new AgentComparison(51, ["agent-1"], []) }).Counts.Verdict);
    }

    [Fact]
    public void An_archive_with_a_gap_or_that_nobody_fills_has_failed()
    {
        var archive = ReportSample.Archive();
        var hole = new WalHole(new WalSegment(1, 5, 1 << 24), new WalSegment(1, 5, 1 << 24));

        Assert.Equal(Outcome.Passed, Of(archive).Counts.Verdict);
        Assert.Equal(Outcome.Failed, Of(archive with { Holes = [hole] }).Counts.Verdict);
        Assert.Equal(Outcome.Failed, Of(archive with { State = WalArchiveState.Stalled }).Counts.Verdict);
    }
}
