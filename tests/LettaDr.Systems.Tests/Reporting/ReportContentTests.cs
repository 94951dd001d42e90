using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace LettaDr.Systems.Tests;

/// <summary>What a report holds, whatever it is written as.</summary>
public sealed class ReportContentTests
{
    [Fact]
    public void Every_object_is_in_it_in_whatever_order_they_come()
    {
        var items = ReportSample.Everything().ToList();
        var report = ReportSample.Build(items);

        Assert.Equal(items.Count, report.Records);
        Assert.Equal(
            ["objectives", "checks", "checklists", "drills", "schedule", "backups", "archives", "restores", "runbooks", "operations", "retention", "alerts"],
            report.Sections.Select(section => section.Key));
        Assert.Equal(report.Digest, ReportSample.Build(Enumerable.Reverse(items)).Digest);
        Assert.Equal(report.Counts, ReportSample.Build(Enumerable.Reverse(items)).Counts);
        Assert.All(report.Sections, section => Assert.All(section.Rows, row => Assert.Equal(section.Columns.Count, row.Cells.Count)));
    }

    [Fact]
    public void A_type_without_a_section_of_its_own_gets_a_table_and_its_outcome_counts()
    {
        var report = ReportSample.Build([new DrTestStep("Restore", Outcome.Failed, ReportSample.Now, TimeSpan.FromSeconds(3), "It did not."), new RetentionPolicy(), Runbook.All[0]]);

        Assert.Equal(["other-drteststep", "other-retentionpolicy", "other-runbook"], report.Sections.Select(section => section.Key));
        Assert.Equal(["Outcome", "Name", "Started At", "Duration", "Observed"], report.Sections[0].Columns.Select(column => column.Title));
        Assert.Equal(new ReportCounts(0, 1, 0), report.Counts);
        Assert.Equal("Failed", ReportText.Of(report.Sections[0].Rows[0].Cells[0]));
    }

    [Fact]
    public void What_is_not_ours_is_refused_with_a_remedy()
    {
        var builder = new DrReportBuilder(ReportSample.Now, "host");

        foreach (var foreign in new object[] { "text", 7, new Secret("x"), new List<Backup>(), Outcome.Passed, new LettaDrException("A", FaultKind.Busy, "B", "C") })
        {
            var refused = Assert.Throws<LettaDrException>(() => builder.Add(foreign));
            Assert.Equal("ObjectNotReportable", refused.Id);
        }

        Assert.Equal(0, builder.Records);
        Assert.Equal("NothingToReport", Assert.Throws<LettaDrException>(builder.Build).Id);
    }

    [Fact]
    public void No_secret_gets_in_by_any_object()
    {
        var deployment = Deployment();
        var sandbox = new LettaSandbox { Name = "s", Deployment = deployment, CreatedAt = ReportSample.Now, Network = "n", Containers = [], Images = [] };
        var notification = new DrNotification { Name = "chat", Kind = DrNotificationKind.Slack, UrlFrom = "https://hooks.example.org/T0/hunter2" };

        var report = ReportSample.Build([deployment, sandbox, deployment.Database, notification, new DrPlan { Name = "p", Deployment = "d", Repository = "r", Notifications = [notification] }]);

        var json = string.Concat(report.Sections.SelectMany(section => section.Rows).Select(row => Encoding.UTF8.GetString(row.Json) + string.Join('|', row.Cells.Select(ReportText.Of))));
        Assert.DoesNotContain("hunter2", json, StringComparison.Ordinal);
        Assert.Contains("letta@db:5432/letta", json, StringComparison.Ordinal);
    }

    [Fact]
    public void A_digest_is_of_sorted_compact_JSON_with_times_in_UTC()
    {
        var json = CanonicalJson.Of(ReportSample.Check("B", Outcome.NotRun, "t", "ä\n\"") with { CheckedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)), Remedy = null });

        Assert.Equal(
            """{"checkedAt":"2026-01-02T01:04:05.0000000Z","duration":"00:00:01.2500000","evidence":"ä\n\"","name":"B","outcome":"NotRun","target":"t"}""",
            Encoding.UTF8.GetString(json));
    }

    [Fact]
    public void A_day_is_as_ISO_8601_writes_it()
    {
        var json = CanonicalJson.Of(new DrContact { Name = "Ann", Role = "database", ValidatedOn = new DateOnly(2026, 1, 31) });

        Assert.Equal("{\"name\":\"Ann\",\"role\":\"database\",\"validatedOn\":\"2026-01-31\"}", Encoding.UTF8.GetString(json));
    }

    [Fact]
    public void The_digest_of_the_whole_can_be_computed_by_anybody()
    {
        var report = ReportSample.Build(ReportSample.Checks());
        var lines = string.Concat(report.Sections[0].Rows.Select(row => row.Sha256).Order(StringComparer.Ordinal).Select(digest => digest + "\n"));

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(lines))), report.Digest);
        Assert.NotEqual(report.Digest, ReportSample.Build(ReportSample.Checks().Select(check => check with { Evidence = check.Evidence + "." })).Digest);
    }

    [Fact]
    public void A_set_rests_on_the_seal_of_its_manifest()
    {
        var row = ReportSample.Build([ReportSample.Set("letta", ReportSample.Now)]).Sections[0].Rows[0];

        Assert.Equal(new ReportSource("seal of manifest.json", new string('c', 64)), Assert.Single(row.RestsOn));
        using var data = JsonDocument.Parse(row.Json);
        Assert.Equal(20, data.RootElement.GetProperty("manifest").GetProperty("files").GetInt32());
    }

    [Fact]
    public void Objects_are_let_go_once_they_are_read()
    {
        var builder = new DrReportBuilder(ReportSample.Now, "host");
        var sets = AddSets(builder, 50);

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.All(sets, set => Assert.False(set.IsAlive));
        Assert.Equal(50, builder.Build().Records);
    }

    [Fact]
    public void Ten_thousand_sets_are_at_most_a_hundred_rows_and_a_hundred_bars_and_every_failure()
    {
        var sets = Enumerable.Range(0, 10_000).Select(number => ReportSample.Set("letta", ReportSample.Now.AddHours(-number), proof: number is 5000 or 9000 ? Outcome.Failed : null));

        var section = Assert.Single(ReportSample.Build(sets).Sections);

        Assert.Equal(10_000, section.Rows.Count);
        Assert.Equal(102, section.Shown.Count());
        Assert.Equal("9,898 more records of this table are in the JSON form of this report; all of them are counted above.", section.Left);
        var timeline = Assert.IsType<BackupTimeline>(Assert.Single(section.Charts));
        Assert.Equal(("week", 10_000, 2), (timeline.Unit, timeline.Periods.Sum(period => period.Total), timeline.Periods.Sum(period => period.Unusable)));
        Assert.InRange(timeline.Periods.Count, 50, 100);
        Assert.InRange(section.Rows.Max(row => row.Json.Length), 1, 2048);
    }

    [Fact]
    public void Days_without_a_set_are_bars_too_up_to_the_day_of_the_report()
    {
        var today = new DateOnly(2026, 11, 23);
        var timeline = BackupTimeline.Of("x", [new BackupPeriod(today.AddDays(-20), 1, 0, 0), new BackupPeriod(today.AddDays(-18), 0, 2, 1)], today);

        Assert.Equal(("day", 21), (timeline.Unit, timeline.Periods.Count));
        Assert.Equal([1, 0, 3, .. Enumerable.Repeat(0, 18)], timeline.Periods.Select(period => period.Total));
        Assert.Equal(14, BackupTimeline.Of("x", [new BackupPeriod(today, 1, 0, 0)], today).Periods.Count);
        Assert.Equal(
            "Each bar is one month (UTC), as high as it has sets. 1 older set is in the table only.",
            BackupTimeline.Of("x", [new BackupPeriod(today.AddYears(-20), 1, 0, 0)], today).Note);
    }

    [Theory]
    [InlineData(0.055, "5 %")]
    [InlineData(0.001, "less than 1 %")]
    [InlineData(0.9999, "99 %")]
    [InlineData(1.0, "100 %")]
    [InlineData(1.0001, "101 %")]
    [InlineData(12.666, "12.7 times")]
    public void A_share_is_never_rounded_over_the_target(double share, string text) => Assert.Equal(text, ShareText.Of(share));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference> AddSets(DrReportBuilder builder, int count)
    {
        var references = new List<WeakReference>();
        for (var i = 0; i < count; i++)
        {
            var set = ReportSample.Set("letta", ReportSample.Now.AddHours(-i));
            builder.Add(set);
            references.Add(new WeakReference(set));
        }

        return references;
    }

    private static LettaDeployment Deployment() => new()
    {
        Name = "letta", Database = new DatabaseEndpoint { Host = "db", Database = "letta", UserName = "letta", Password = new Secret("hunter2") },
        Cache = new CacheEndpoint { Host = "redis", Password = new Secret("hunter2") },
        Facts = [new DiscoveredFact("Database.Password", "********", "compose.yaml")],
    };
}
