namespace LettaDr.Systems.Tests;

/// <summary>A job is run when it is due, once at a time, and its failure is told.</summary>
public sealed class JobRunningTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("lettadr-jobs-").FullName;
    private readonly List<DrAlert> _alerts = [];
    private readonly FixedClock _clock = new() { Now = Noon };
    private readonly List<string> _warnings = [];
    private int _runs;
    private bool _acknowledged = true;
    private bool _fails;
    private TaskCompletionSource _alerted = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_time_that_was_missed_is_caught_up_once()
    {
        var order = new JobRunning.Order(DrJob.Backup, "7 * * * *");

        Assert.Null(await RunAsync(order));
        _clock.Now = Noon.AddMinutes(5);
        Assert.Null(await RunAsync(order));
        _clock.Now = Noon.AddHours(6);
        Assert.Equal(Outcome.Passed, (await RunAsync(order))?.Outcome);
        _clock.Now = Noon.AddHours(6).AddMinutes(5);
        Assert.Null(await RunAsync(order));
        _clock.Now = Noon.AddHours(6).AddMinutes(10);
        Assert.NotNull(await RunAsync(order));
        Assert.Equal(2, _runs);
    }

    [Fact]
    public async Task A_drill_waits_until_the_plan_wants_it_again_and_one_that_failed_is_tried_the_next_night()
    {
        var order = new JobRunning.Order(DrJob.DatabaseFailover);

        Assert.Equal(Outcome.Failed, (await RunAsync(order, "The standby did not follow."))?.Outcome);
        _clock.Now = Noon.AddDays(1);
        Assert.Equal(Outcome.Passed, (await RunAsync(order))?.Outcome);
        _clock.Now = Noon.AddDays(8);
        Assert.Equal(Outcome.NotRun, (await RunAsync(order))?.Outcome);
        Assert.Equal(Outcome.Passed, (await RunAsync(order with { Force = true }))?.Outcome);
        _clock.Now = Noon.AddDays(22);
        Assert.Equal(Outcome.Passed, (await RunAsync(order))?.Outcome);
        Assert.Equal(4, _runs);
    }

    [Fact]
    public async Task A_failure_is_told_and_remembered()
    {
        var run = await RunAsync(new JobRunning.Order(DrJob.Backup), "The disk is full.");

        Assert.Equal((Outcome.Failed, "The disk is full."), (run!.Outcome, run.Message));
        var alert = Assert.Single(_alerts);
        Assert.Equal(("Backup of letta failed", DrAlertSeverity.Critical), (alert.Title, alert.Severity));
        Assert.Contains("The disk is full.", alert.Message, StringComparison.Ordinal);
        Assert.Equal(run, new JobRecord(_folder, "letta", "/etc/letta.yaml", DrJob.Backup).Read());
    }

    [Fact]
    public async Task A_failure_that_nobody_was_told_of_is_told_by_the_next_look_until_somebody_is()
    {
        var order = new JobRunning.Order(DrJob.Backup, "7 * * * *");
        _fails = true;
        await RunAsync(order with { Expression = null }, "The disk is full.");
        (_fails, _acknowledged) = (false, false);
        Assert.Null(await RunAsync(order));
        Assert.Equal((Outcome.Failed, null), (Record()!.Outcome!.Value, Record()!.ToldAt));
        Assert.Contains("Nobody could be told", Assert.Single(_warnings), StringComparison.Ordinal);

        _acknowledged = true;
        Assert.Null(await RunAsync(order));
        Assert.Null(await RunAsync(order));

        Assert.Equal((3, 1, Noon), (_alerts.Count, _runs, Record()!.ToldAt));
        Assert.All(_alerts, alert => Assert.Contains("The disk is full.", alert.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_recorded_failure_answers_one_report_and_no_later_runs()
    {
        var report = new JobRunning.Order(DrJob.Backup, ReportOnly: true);
        await RunAsync(new JobRunning.Order(DrJob.Backup), "The disk is full.");

        Assert.Null(await RunAsync(report));
        // The next run died before it could write anything.
        Assert.Equal(Outcome.Failed, (await RunAsync(report))?.Outcome);
        Assert.Contains("left no record", _alerts[^1].Message, StringComparison.Ordinal);
        Assert.Equal(2, _alerts.Count);
    }

    [Fact]
    public async Task A_job_that_breaks_off_is_told_and_takes_no_other_along()
    {
        var run = await Running().RunAsync(
            new JobRunning.Order(DrJob.Backup), _ => throw new IOException("The disk is full."), CancellationToken.None);

        Assert.Equal((Outcome.Failed, "The disk is full.", 1), (run!.Outcome!.Value, run.Message, _alerts.Count));
    }

    [RootFact]
    public async Task On_a_full_or_read_only_disk_jobs_run_and_are_told()
    {
        using var disk = new MountedFolder(64, _folder);
        await RunAsync(new JobRunning.Order(DrJob.Retention));
        await Assert.ThrowsAsync<IOException>(() => File.WriteAllBytesAsync(Path.Combine(_folder, "filler"), new byte[1 << 17]));

        Assert.Equal(Outcome.Failed, (await RunAsync(new JobRunning.Order(DrJob.Backup), "The disk is full."))?.Outcome);
        disk.Remount("ro");
        Assert.Equal(Outcome.Passed, (await RunAsync(new JobRunning.Order(DrJob.Retention)))?.Outcome);
        var refused = await Assert.ThrowsAsync<LettaDrException>(() => RunAsync(new JobRunning.Order(DrJob.Validation)));

        Assert.Equal((3, "JobLockNotMade"), (_runs, refused.Id));
        Assert.Equal(["Backup of letta failed", "Validation of letta failed"], _alerts.Select(alert => alert.Title));
        Assert.Contains(_warnings, warning => warning.Contains("could not be written", StringComparison.Ordinal));
    }

    [RootFact]
    public async Task A_run_that_cannot_be_remembered_begins_at_its_minute_and_not_at_every_look()
    {
        using var disk = new MountedFolder(64, _folder);
        await RunAsync(new JobRunning.Order(DrJob.Backup));
        disk.Remount("ro");

        foreach (var minute in new[] { 60, 65, 70, 75, 125, 130 })
        {
            _clock.Now = Noon.AddMinutes(minute);
            await RunAsync(new JobRunning.Order(DrJob.Backup, "7 * * * *"));
        }

        Assert.Equal(3, _runs);
    }

    [Fact]
    public async Task While_one_runs_no_other_does()
    {
        var entered = new TaskCompletionSource();
        var leave = new TaskCompletionSource();
        var first = Running().RunAsync(new JobRunning.Order(DrJob.Backup), async _ =>
        {
            entered.SetResult();
            await leave.Task;
            return new JobResult([], []);
        }, CancellationToken.None);
        await entered.Task;

        Assert.Equal(Outcome.NotRun, (await RunAsync(new JobRunning.Order(DrJob.Backup)))?.Outcome);
        Assert.Null(await RunAsync(new JobRunning.Order(DrJob.Backup, ReportOnly: true)));
        Assert.Equal(Outcome.Passed, (await RunAsync(new JobRunning.Order(DrJob.Retention)))?.Outcome);
        leave.SetResult();
        Assert.Equal(Outcome.Passed, (await first)?.Outcome);
        Assert.Empty(_alerts);
    }

    [Fact]
    public async Task A_run_that_died_is_told_once_whether_somebody_looks_for_it_or_the_next_run_finds_it()
    {
        var record = new JobRecord(_folder, "letta", "/etc/letta.yaml", DrJob.Backup);
        using (record.TryLock())
        {
            record.Write(new DrJobRun { Plan = "letta", Job = DrJob.Backup, StartedAt = Noon });
        }

        Assert.Equal(Outcome.Failed, (await RunAsync(new JobRunning.Order(DrJob.Backup, ReportOnly: true)))?.Outcome);
        await RunAsync(new JobRunning.Order(DrJob.Backup));

        Assert.Contains("its process was killed", Assert.Single(_alerts).Message, StringComparison.Ordinal);
        Assert.Equal(1, _runs);
    }

    [Fact]
    public async Task A_run_of_which_only_its_scheduler_knows_that_it_failed_is_told()
    {
        await RunAsync(new JobRunning.Order(DrJob.Backup));

        Assert.Equal(Outcome.Failed, (await RunAsync(new JobRunning.Order(DrJob.Backup, ReportOnly: true)))?.Outcome);
        Assert.Contains("left no record", Assert.Single(_alerts).Message, StringComparison.Ordinal);

        // One that has told of itself is not told of again.
        await RunAsync(new JobRunning.Order(DrJob.Backup), "The disk is full.");
        Assert.Null(await RunAsync(new JobRunning.Order(DrJob.Backup, ReportOnly: true)));
        Assert.Equal(2, _alerts.Count);
    }

    [Fact]
    public async Task What_is_stopped_is_remembered_as_failed_and_told()
    {
        await Assert.ThrowsAsync<OperationCanceledException>(() => Running().RunAsync(
            new JobRunning.Order(DrJob.Backup), _ => throw new OperationCanceledException(), CancellationToken.None));

        Assert.Equal((Outcome.Failed, "It was stopped."), Record() is { } run ? (run.Outcome!.Value, run.Message) : default);
        Assert.Contains("It was stopped.", Assert.Single(_alerts).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_drill_that_was_missed_at_night_waits_for_its_hour_of_the_next_night()
    {
        var order = new JobRunning.Order(DrJob.FullRestore, "11 2 * * *");
        _clock.Now = Local(1, 30);
        Assert.Null(await RunAsync(order));

        foreach (var hour in new[] { 9, 12, 20 })
        {
            _clock.Now = Local(hour, 0);
            Assert.Null(await RunAsync(order));
        }

        _clock.Now = Local(2, 15).AddDays(1);
        Assert.Equal(Outcome.Passed, (await RunAsync(order))?.Outcome);
    }

    [Fact]
    public async Task A_job_that_hangs_is_stopped_at_its_limit_and_told()
    {
        var ended = false;
        var run = await Running().RunAsync(new JobRunning.Order(DrJob.Backup) { Limit = Instant }, async token =>
        {
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                ended = true;
            }

            return new JobResult([], []);
        }, CancellationToken.None);

        Assert.Equal((Outcome.Failed, "It had not ended after less than a second, and was stopped."), (run!.Outcome, run.Message));
        Assert.Equal((run, true), (Record(), ended));
        Assert.Contains("had not ended", Assert.Single(_alerts).Message, StringComparison.Ordinal);
        Assert.Equal(Outcome.Passed, (await RunAsync(new JobRunning.Order(DrJob.Backup)))?.Outcome);
    }

    [Fact]
    public async Task A_drill_that_failed_since_it_passed_is_tried_the_next_night()
    {
        var order = new JobRunning.Order(DrJob.DatabaseFailover, "11 3 * * *");
        _clock.Now = Local(3, 0);
        await RunAsync(order);
        _clock.Now = Local(3, 15);
        await RunAsync(order with { Force = true });
        await RunAsync(order with { Expression = null, Force = true }, "The standby did not follow.");

        _clock.Now = Local(3, 20);
        Assert.Null(await RunAsync(order));
        _clock.Now = Local(3, 15).AddDays(1);
        Assert.Equal(Outcome.Passed, (await RunAsync(order))?.Outcome);
        _clock.Now = Local(3, 15).AddDays(2);
        Assert.Null(await RunAsync(order));
    }

    [Theory]
    [InlineData(false, "It does not end: no other run of it begins before process")]
    [InlineData(true, "It was stopped.")]
    [InlineData(true, "It was stopped.", true)]
    public async Task People_are_told_of_a_job_that_does_not_end_when_stopped_and_until_it_has_no_other_begins(
        bool byUser, string told, bool outOfReach = false)
    {
        _fails = outOfReach;
        using var user = new CancellationTokenSource();
        var end = new TaskCompletionSource<JobResult>();
        _alerted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var order = new JobRunning.Order(DrJob.Backup) { Limit = byUser ? DrJobs.Limit : Instant, StopLimit = Instant };
        var run = Running().RunAsync(order, _ => end.Task, user.Token);
        await (byUser ? user.CancelAsync() : Task.CompletedTask);
        await _alerted.Task;

        Assert.Contains(told, Assert.Single(_alerts).Message, StringComparison.Ordinal);
        Assert.Equal(Outcome.Failed, Record()?.Outcome);
        Assert.NotSame(run, await Task.WhenAny(run, Task.Delay(100)));
        Assert.Equal(Outcome.NotRun, (await RunAsync(new JobRunning.Order(DrJob.Backup)))?.Outcome);

        end.SetResult(new JobResult([], []));
        Assert.Equal(byUser, await Xunit.Record.ExceptionAsync(() => run) is OperationCanceledException);
        Assert.Equal(Outcome.Passed, (await RunAsync(new JobRunning.Order(DrJob.Backup)))?.Outcome);
    }

    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    private static DateTimeOffset Local(int hour, int minute) => new(new DateTime(2026, 3, 4, hour, minute, 0, DateTimeKind.Local));

    private DrJobRun? Record() => new JobRecord(_folder, "letta", "/etc/letta.yaml", DrJob.Backup).Read();

    private JobRunning Running() => new(
        new DrPlan { Name = "letta", Path = "/etc/letta.yaml", Deployment = "letta", Repository = "/backups" }, _folder, _clock, alert =>
        {
            _alerts.Add(alert);
            _alerted.TrySetResult();
            return _fails ? throw new IOException("The network is down.") : Task.FromResult(_acknowledged);
        }, _warnings.Add);

    private Task<DrJobRun?> RunAsync(JobRunning.Order order, params string[] failures) => Running().RunAsync(order, _ =>
    {
        _runs++;
        return Task.FromResult(new JobResult(failures, []));
    }, CancellationToken.None);

    private sealed class FixedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
