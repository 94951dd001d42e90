using System.Globalization;

namespace LettaDr.Systems.Tests;

/// <summary>Metrics in Prometheus' text format.</summary>
public sealed class MetricTests
{
    private static string Render(params IEnumerable<object> items)
    {
        var metrics = new MetricCollector();
        foreach (var item in items)
        {
            Assert.True(metrics.Add(item));
        }

        return MetricFile.Render(metrics.Build());
    }

    [Fact]
    public void A_check_is_one_sample_for_each_outcome()
    {
        Assert.Equal(
            """
            # HELP lettadr_check_duration_seconds How long the check took.
            # TYPE lettadr_check_duration_seconds gauge
            lettadr_check_duration_seconds{check="A",target="letta-production"} 1.25
            # HELP lettadr_check_outcome How the check ended: 1 for the outcome that it had.
            # TYPE lettadr_check_outcome gauge
            lettadr_check_outcome{check="A",target="letta-production",outcome="failed"} 0
            lettadr_check_outcome{check="A",target="letta-production",outcome="not_run"} 1
            lettadr_check_outcome{check="A",target="letta-production",outcome="passed"} 0
            # HELP lettadr_check_timestamp_seconds When the check was made.
            # TYPE lettadr_check_timestamp_seconds gauge
            lettadr_check_timestamp_seconds{check="A",target="letta-production"} 1795433220

            """,
            Render(ReportSample.Check("A", Outcome.NotRun)));
    }

    [Fact]
    public void Of_sets_the_newest_that_is_complete_counts_whatever_order_they_come_in()
    {
        var now = ReportSample.Now;
        object[] sets =
        [
            ReportSample.Set("letta", now.AddHours(-1)), ReportSample.Set("letta", now, BackupState.Incomplete), ReportSample.Set("letta", now.AddHours(-3), proof: Outcome.Passed),
            ReportSample.Set("letta", now.AddHours(-2), proof: Outcome.Failed),
        ];
        var text = Render(sets);

        Assert.Equal(text, Render(Enumerable.Reverse(sets)));
        Assert.Contains("lettadr_backup_last_snapshot_timestamp_seconds{deployment=\"letta\",kind=\"database\"} 1795429800\n", text, StringComparison.Ordinal);
        Assert.Contains("lettadr_backup_last_success_timestamp_seconds{deployment=\"letta\",kind=\"database\"} 1795429881\n", text, StringComparison.Ordinal);
        Assert.Contains("lettadr_backup_last_proven_timestamp_seconds{deployment=\"letta\",kind=\"database\"} 1795426200\n", text, StringComparison.Ordinal);
        Assert.Contains("lettadr_backup_sets{deployment=\"letta\",kind=\"database\",state=\"complete\"} 3\n", text, StringComparison.Ordinal);
        Assert.Contains("lettadr_backup_sets{deployment=\"letta\",kind=\"unknown\",state=\"incomplete\"} 1\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_known_is_left_out()
    {
        var text = Render(ReportSample.Objectives().Single(objective => objective.Outcome == Outcome.NotRun), ReportSample.Entry("ComponentFailure", 31, null, null));

        Assert.Contains("lettadr_recovery_objective_target_seconds{component=\"system\",deployment=\"letta-production\",kind=\"rto\"} 14400\n", text, StringComparison.Ordinal);
        Assert.Contains("lettadr_drill_overdue{deployment=\"letta-production\",test=\"ComponentFailure\"} 1\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("_actual_seconds", text, StringComparison.Ordinal);
        Assert.DoesNotContain("last_passed", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_schedule_and_its_tests_agree_on_the_newest_that_passed()
    {
        var drill = ReportSample.Drill(DrTestScenario.FullRestore, ReportSample.Now.AddDays(-5), Outcome.Passed);
        var entry = ReportSample.Entry("FullRestore", 92, -20, Outcome.Passed);
        var expected = $"lettadr_drill_last_passed_timestamp_seconds{{deployment=\"letta-production\",test=\"FullRestore\"}} {drill.EndedAt!.Value.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}\n";

        Assert.Contains(expected, Render(drill, entry), StringComparison.Ordinal);
        Assert.Contains(expected, Render(entry, drill), StringComparison.Ordinal);
    }

    [Fact]
    public void A_recovery_test_on_made_up_rows_is_no_metric_and_one_that_was_stopped_hides_no_failure()
    {
        var now = ReportSample.Now;
        var practised = ReportSample.Drill(DrTestScenario.FullRestore, now.AddDays(-1), Outcome.Passed) with { BackupId = null };
        var failed = ReportSample.Drill(DrTestScenario.FullRestore, now.AddDays(-3), Outcome.Failed);
        var stopped = ReportSample.Drill(DrTestScenario.FullRestore, now.AddDays(-2), Outcome.NotRun);
        const string Failed = "lettadr_drill_last_outcome{deployment=\"letta-production\",test=\"FullRestore\",outcome=\"failed\"} 1\n";

        Assert.DoesNotContain("lettadr_drill", Render(practised), StringComparison.Ordinal);
        Assert.Contains(Failed, Render(failed, practised, stopped), StringComparison.Ordinal);
        Assert.Contains(Failed, Render(stopped, failed), StringComparison.Ordinal);
        Assert.DoesNotContain("last_passed", Render(failed, practised), StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_of_one_deployment_hides_none_of_anothers_and_of_equal_ones_the_worst_counts()
    {
        var failed = ReportSample.Check("SiteReady", Outcome.Failed, "dr") with { Deployment = "a" };
        var passed = ReportSample.Check("SiteReady", Outcome.Passed, "dr") with { Deployment = "b", CheckedAt = ReportSample.Now };

        var text = Render(failed, passed);
        Assert.Contains("lettadr_check_outcome{check=\"SiteReady\",deployment=\"a\",target=\"dr\",outcome=\"failed\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("lettadr_check_outcome{check=\"SiteReady\",deployment=\"b\",target=\"dr\",outcome=\"passed\"} 1\n", text, StringComparison.Ordinal);
        foreach (var order in new object[][] { [failed with { Deployment = null }, passed with { Deployment = null }], [passed with { Deployment = null }, failed with { Deployment = null }] })
        {
            Assert.Contains("{check=\"SiteReady\",target=\"dr\",outcome=\"failed\"} 1\n", Render(order), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_delivery_bears_the_deployment_that_the_alert_was_about()
    {
        var text = Render(ReportSample.Delivery("ops", false, -2) with { Deployment = "a" }, ReportSample.Delivery("ops", true, -1) with { Deployment = "b" });

        Assert.Contains("lettadr_alert_last_delivered{deployment=\"a\",notification=\"ops\"} 0\n", text, StringComparison.Ordinal);
        Assert.Contains("lettadr_alert_last_delivered{deployment=\"b\",notification=\"ops\"} 1\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_files_of_two_deployments_on_one_host_share_no_series()
    {
        Assert.Empty(Series("a").Intersect(Series("b")));

        static IEnumerable<string> Series(string deployment) => Render(
                ReportSample.Set(deployment, ReportSample.Now, proof: Outcome.Passed), ReportSample.Check("SiteReady", Outcome.Passed, "dr") with { Deployment = deployment },
                ReportSample.Delivery("ops", true, -1) with { Deployment = deployment })
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').Select(line => line[..line.LastIndexOf(' ')]);
    }

    [Fact]
    public void Labels_are_escaped_and_no_series_is_told_twice()
    {
        var text = Render(ReportSample.Everything().Where(item => item is not (RunbookResult or RetentionDecision or WalRetention)).Append(ReportSample.Check("A\\\"b\nc", Outcome.Passed)));

        Assert.Contains("{check=\"A\\\\\\\"b\\nc\",target=\"letta-production\"}", text, StringComparison.Ordinal);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var series = lines.Where(line => line[0] != '#').Select(line => line[..line.LastIndexOf(' ')]).ToList();
        Assert.Equal(series.Count, series.Distinct().Count());
        var families = lines.Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(line => line.Split(' ')[2]).ToList();
        Assert.Equal(families.Order(StringComparer.Ordinal), families);
        Assert.All(families, family => Assert.Matches("^lettadr_[a-z_]+$", family));
    }

    [Fact]
    public void What_there_are_no_metrics_of_is_told_and_what_is_not_ours_is_refused()
    {
        var metrics = new MetricCollector();

        Assert.False(metrics.Add(new RetentionPolicy()));
        Assert.Equal("ObjectNotMeasurable", Assert.Throws<LettaDrException>(() => metrics.Add("text")).Id);
        Assert.Equal(0, metrics.Taken);
    }
}
