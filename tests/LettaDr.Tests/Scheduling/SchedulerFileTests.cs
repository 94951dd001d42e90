namespace LettaDr.Tests;

/// <summary>What systemd, cron and Task Scheduler are given, to the letter.</summary>
public sealed class SchedulerFileTests
{
    [Fact]
    public void A_job_for_systemd_is_a_timer_a_service_and_one_that_tells_of_its_death()
    {
        var request = Request("/etc/letta-dr.yaml", (DrJob.Backup, "7 * * * *"));
        var name = request.BaseName;

        var files = SystemdUnits.Of(request);

        Assert.Equal([$"/units/{name}-backup.timer", $"/units/{name}-backup.service", $"/units/{name}-backup-report.service"], files.Select(file => file.Path));
        Assert.Equal(
            $"""
            [Unit]
            Description=LettaDr starts Backup of letta

            [Timer]
            OnCalendar=*-*-* *:07:00
            Persistent=true
            RandomizedDelaySec=60
            Unit={name}-backup.service

            [Install]
            WantedBy=timers.target

            """, Body(files[0]));
        Assert.Equal(
            $"""
            [Unit]
            Description=LettaDr: Backup of letta
            OnFailure={name}-backup-report.service
            Wants=network-online.target
            After=network-online.target docker.service

            [Service]
            Type=oneshot
            TimeoutStartSec=90000
            ExecStart="/opt/lettadr" "-NonInteractive" "-Command" "Invoke-LettaDrSchedule -Plan '/etc/letta-dr.yaml' -Job Backup"

            """, Body(files[1]));
        Assert.Contains("-Job Backup -ReportOnly\"", files[2].Content, StringComparison.Ordinal);
    }

    [Fact]
    public void What_may_begin_at_night_alone_is_not_caught_up_in_the_morning_by_its_scheduler()
    {
        static string Timer(DrJob job) => SystemdUnits.Of(Request("/p", (job, DrJobs.ExpressionOf(job))))[0].Content;
        static string Task(DrJob job) => TaskDefinition.Of(Request("/p", (job, DrJobs.ExpressionOf(job))))[0].Content;

        foreach (var job in Enum.GetValues<DrJob>())
        {
            var atOnce = job is DrJob.Backup or DrJob.Retention or DrJob.Readiness;
            Assert.Equal(atOnce, Timer(job).Contains("\nPersistent=true\n", StringComparison.Ordinal));
            Assert.Contains($"<StartWhenAvailable>{(atOnce ? "true" : "false")}<", Task(job), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_limit_goes_with_the_command_and_systemds_own_lies_beyond_it()
    {
        var request = Request("/p", (DrJob.Backup, "7 * * * *")) with { Limit = TimeSpan.FromHours(30) };

        Assert.Contains("\nTimeoutStartSec=111600\n", SystemdUnits.Of(request)[1].Content, StringComparison.Ordinal);
        Assert.Contains("-Job Backup -TimeoutSeconds 108000\"", SystemdUnits.Of(request)[1].Content, StringComparison.Ordinal);
        Assert.Contains("-Due -TimeoutSeconds 108000 | Out-Null'", CronFile.Of(request).Content, StringComparison.Ordinal);
        Assert.Contains("-Job Backup -TimeoutSeconds 108000\"", TaskDefinition.Of(request)[0].Content, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_with_odd_characters_survives_each_schedulers_own_quoting()
    {
        var request = Request("/srv/50% \"it's\" $HOME\\plan.yaml", (DrJob.Backup, "7 * * * *")) with
        {
            Variables = new Dictionary<string, string> { ["DOTNET_ROOT"] = "/opt/my net", ["XDG_STATE_HOME"] = "/var/lib/100%" },
        };

        Assert.Contains(
            """-Plan '/srv/50%% \"it''s\" $$HOME\\plan.yaml' -Job Backup""", SystemdUnits.Of(request)[1].Content, StringComparison.Ordinal);
        Assert.Contains("Environment=\"DOTNET_ROOT=/opt/my net\"\nEnvironment=\"XDG_STATE_HOME=/var/lib/100%%\"\n", SystemdUnits.Of(request)[1].Content, StringComparison.Ordinal);
        Assert.Contains(
            """DOTNET_ROOT='/opt/my net' XDG_STATE_HOME='/var/lib/100\%' '/opt/lettadr' '-NonInteractive' '-Command' 'Invoke-LettaDrSchedule -Plan '\''/srv/50\% "it'\'''\''s" $HOME\plan.yaml'\'' -Job Backup -Due | Out-Null'""",
            CronFile.Of(request).Content, StringComparison.Ordinal);
        Assert.Contains(
            """\"it''s\" $HOME\plan.yaml' -Job Backup""",
            System.Xml.Linq.XDocument.Parse(TaskDefinition.Of(request)[0].Content).Root!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_typographic_quote_ends_no_text_and_a_plans_name_begins_no_line()
    {
        Assert.Contains("-Plan '/srv/o’’brien/plan.yaml' -Job Backup", SystemdUnits.Of(Request("/srv/o’brien/plan.yaml", (DrJob.Backup, "7 * * * *")))[1].Content, StringComparison.Ordinal);

        var files = SystemdUnits.Of(Request("/etc/plan.yaml", (DrJob.Backup, "7 * * * *")) with { Plan = "x\n[Service]\nExecStart=/bin/evil\\" });
        Assert.All(files, file => Assert.DoesNotContain(
            file.Content.Split('\n'), line => line.StartsWith("ExecStart=/bin/evil", StringComparison.Ordinal) || line.EndsWith('\\')));
    }

    [Fact]
    public void Secrets_of_a_plan_that_schedulers_do_not_have_are_known()
    {
        var plan = new DrPlan
        {
            Name = "letta", Deployment = "env:LETTA_PG_URI", Repository = "/sets", PassphraseFrom = "file:/etc/secret",
            Notifications = [new DrNotification { Name = "a", Kind = DrNotificationKind.Slack, UrlFrom = "env:SLACK" }, new DrNotification { Name = "b", Kind = DrNotificationKind.Webhook, UrlFrom = "https://example.org" }],
        };

        Assert.Equal(["env:LETTA_PG_URI", "env:SLACK"], PlanSecrets.Variables(plan));
    }

    [Fact]
    public void Cron_looks_every_five_minutes_for_all_that_is_due_and_knows_times_that_are_not_the_usual_ones()
    {
        var file = CronFile.Of(Request("/etc/letta-dr.yaml", (DrJob.Retention, "23 1 * * *"), (DrJob.Backup, "*/15 * * * *")));

        Assert.EndsWith(
            "\n*/5 * * * * root '/opt/lettadr' '-NonInteractive' '-Command' 'Invoke-LettaDrSchedule -Plan '\\''/etc/letta-dr.yaml'\\'' "
            + "-Job Backup,Retention -Due -Schedule @{ Backup = '\\''*/15 * * * *'\\'' } | Out-Null'\n", file.Content, StringComparison.Ordinal);
        Assert.Matches("^/units/[A-Za-z0-9_-]+$", file.Path);
    }

    [Fact]
    public void A_command_that_cron_would_cut_off_is_refused()
    {
        static ScheduleRequest Of(int length) => Request($"/{new string('é', length)}.yaml", (DrJob.Backup, "7 * * * *"));
        var shortest = CronFile.Of(Of(100)).Content.Split('\n').Single(line => line.StartsWith('*'))["*/5 * * * * root ".Length..];
        var room = (998 - System.Text.Encoding.UTF8.GetByteCount(shortest)) / 2;

        Assert.Contains(new string('é', 100 + room), CronFile.Of(Of(100 + room)).Content, StringComparison.Ordinal);
        Assert.Equal("ScheduleTooLong", Assert.Throws<LettaDrException>(() => CronFile.Of(Of(101 + room))).Id);
    }

    [Fact]
    public void A_task_of_Windows_is_started_late_where_it_was_missed_and_never_twice_at_once()
    {
        var task = System.Xml.Linq.XDocument.Parse(TaskDefinition.Of(Request(@"C:\letta\dr plan.yaml", (DrJob.Retention, "41 1 * * 0")))[0].Content).Root!;
        string Value(string name) => Assert.Single(task.Descendants(), element => element.Name.LocalName == name).Value;

        Assert.Equal("IgnoreNew", Value("MultipleInstancesPolicy"));
        Assert.Equal("true", Value("StartWhenAvailable"));
        Assert.EndsWith("T01:41:00", Value("StartBoundary"), StringComparison.Ordinal);
        Assert.Single(task.Descendants(), element => element.Name.LocalName == "Sunday");
        Assert.Equal("/opt/lettadr", Value("Command"));
        Assert.Equal(
            """ "-NonInteractive" "-Command" "Invoke-LettaDrSchedule -Plan 'C:\letta\dr plan.yaml' -Job Retention" """.Trim(), Value("Arguments"));
        Assert.Contains("PT1H", TaskDefinition.Of(Request("/p", (DrJob.Backup, "7 * * * *")))[0].Content, StringComparison.Ordinal);
        Assert.Equal("ScheduleNotTranslatable", Assert.Throws<LettaDrException>(() => TaskDefinition.Of(Request("/p", (DrJob.Backup, "*/7 * * * *")))).Id);
    }

    [Theory]
    [InlineData("7 * * * *", "*-*-* *:07:00")]
    [InlineData("*/15 * * * *", "*-*-* *:00/15:00")]
    [InlineData("5,35 1-4 * * *", "*-*-* 01..04:05,35:00")]
    [InlineData("41 1 * * 0", "Sun *-*-* 01:41:00")]
    [InlineData("0 3 * * 1-5", "Mon..Fri *-*-* 03:00:00")]
    [InlineData("0 3 1 */3 *", "*-01/3-01 03:00:00")]
    [InlineData("0 3 * * 0-2", "Sun,Mon,Tue *-*-* 03:00:00")]
    [InlineData("0 3 * * 5-7", "Fri..Sun *-*-* 03:00:00")]
    [InlineData("0 3 * * 6-1,3", "Sat,Sun,Mon,Wed *-*-* 03:00:00")]
    [InlineData("0 3 * * 7-7", "Sun *-*-* 03:00:00")]
    [InlineData("0 3 * * 0-7", "Sun,Mon,Tue,Wed,Thu,Fri,Sat *-*-* 03:00:00")]
    [InlineData("0 22-2 * * *", "*-*-* 22,23,00,01,02:00:00")]
    [InlineData("50-10/10 22-23/1 28-1 11-1 *", "*-11,12,01-28,29,30,31,01 22..23/1:50,00,10:00")]
    public void A_cron_expression_means_the_same_to_systemd(string expression, string calendar) =>
        Assert.Equal(calendar, CalendarExpression.ForSystemd(expression));

    [Theory]
    [InlineData("0 3 1 * 1")]
    [InlineData("0 3 L * *")]
    [InlineData("0 3 * * */2")]
    public void What_systemd_has_no_words_for_is_refused(string expression) =>
        Assert.Equal("ScheduleNotTranslatable", Assert.Throws<LettaDrException>(() => CalendarExpression.ForSystemd(expression)).Id);

    [Fact]
    public void A_file_is_known_as_ours_and_an_edit_is_seen()
    {
        var file = CronFile.Of(Request("/etc/a--b.yaml", (DrJob.Backup, "7 * * * *")));

        var (mark, unchanged) = ScheduleMark.Of(file.Content)!.Value;

        Assert.Equal(("letta", "/etc/a--b.yaml", true), (mark.Plan, mark.PlanPath, unchanged));
        Assert.Equal("7 * * * *", mark.Jobs[DrJob.Backup]);
        Assert.False(ScheduleMark.Of(file.Content.Replace("*/5", "*/6", StringComparison.Ordinal))!.Value.IsUnchanged);
        Assert.Null(ScheduleMark.Of("# somebody else's\n* * * * * root true\n"));
        Assert.True(ScheduleMark.Of(TaskDefinition.Of(Request("/etc/a--b.yaml", (DrJob.Backup, "7 * * * *")))[0].Content)!.Value.IsUnchanged);
    }

    [Fact]
    public void Two_plans_of_one_name_do_not_meet() => Assert.NotEqual(Request("/a.yaml").BaseName, Request("/b.yaml").BaseName);

    private static string Body(DrScheduleFile file) => file.Content[(file.Content.IndexOf('\n', StringComparison.Ordinal) + 1)..];

    private static ScheduleRequest Request(string path, params (DrJob Job, string Expression)[] jobs) => new()
    {
        Plan = "letta", PlanPath = path, Folder = "/units", System = true, User = "root", Program = ["/opt/lettadr", "-NonInteractive"],
        Jobs = jobs.ToDictionary(job => job.Job, job => job.Expression),
    };
}
