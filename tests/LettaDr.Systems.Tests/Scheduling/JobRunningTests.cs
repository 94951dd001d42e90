namespace LettaDr.Systems.Tests;

/// <summary>A job is run when it is due, once at a time, and its failure is told.</summary>
public sealed class JobRunningTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("lettadr-jobs-").FullName;
    private readonly List<DrAlert> _alerts = [];
    private readonly FixedClock _clock = new() { Now = Noon };
    private int _runs;

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

    private DrJobRun? Record() => new JobRecord(_folder, "letta", "/etc/letta.yaml", DrJob.Backup).Read();

    private JobRunning Running() => new(
        new DrPlan { Name = "letta", Path = "/etc/letta.yaml", Deployment = "letta", Repository = "/backups" }, _folder, _clock, alert =>
        {
            _alerts.Add(alert);
            return Task.CompletedTask;
        });

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
