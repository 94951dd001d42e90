namespace LettaDr.Systems;

/// <summary>Runs a plan's job: never twice at once, not before it is due, remembered whatever comes of it, and told when it failed.</summary>
/// <param name="plan">The plan.</param>
/// <param name="records">The folder of records.</param>
/// <param name="clock">What time it is.</param>
/// <param name="alertAsync">Tells people; whether anybody was told.</param>
/// <param name="warn">Tells whoever watches the run.</param>
internal sealed class JobRunning(DrPlan plan, string records, TimeProvider clock, Func<DrAlert, Task<bool>> alertAsync, Action<string> warn)
{
    private const string Died = "It began, and did not end: its process was killed, or the machine went down.";

    private const string Stopped = "It was stopped.";

    /// <summary>What a scheduler wants of a job.</summary>
    /// <param name="Job">The job.</param>
    /// <param name="Expression">Its times; null where it is to run whatever they are.</param>
    /// <param name="Force">Whether it runs though the plan does not want it yet.</param>
    /// <param name="ReportOnly">Whether nothing is run: the scheduler reports that a run failed, and who was not told is.</param>
    internal sealed record Order(DrJob Job, string? Expression = null, bool Force = false, bool ReportOnly = false)
    {
        /// <summary>How long the job may take until it is stopped.</summary>
        public TimeSpan Limit { get; init; } = DrJobs.Limit;

        /// <summary>How long it may then take to end, until people are told that it does not.</summary>
        public TimeSpan StopLimit { get; init; } = TimeSpan.FromMinutes(5);
    }

    /// <summary>Does as ordered.</summary>
    /// <param name="order">The order.</param>
    /// <param name="work">The job itself: what came of it. It ends only when nothing of the job runs any more.</param>
    /// <param name="cancellationToken">Ends it; that it was ended is remembered.</param>
    /// <returns>The run; null where nothing was due.</returns>
    /// <exception cref="LettaDrException">Nothing could keep a second run away; people were told.</exception>
    public async Task<DrJobRun?> RunAsync(Order order, Func<CancellationToken, Task<JobResult>> work, CancellationToken cancellationToken)
    {
        var record = new JobRecord(records, plan.Name, plan.Path ?? plan.Name, order.Job, warn);
        var now = clock.GetUtcNow();
        using var held = await LockAsync(record, order, now).ConfigureAwait(false);
        if (held is null)
        {
            return order.Expression is null && !order.ReportOnly ? Skipped(order.Job, now, "Another run of it is under way.") : null;
        }

        var last = AfterDeath(record, order.Job, now);
        var untold = last is { Outcome: Outcome.Failed, ToldAt: null };
        last = untold ? await TellAsync(record, last!, []).ConfigureAwait(false) : last;
        if (order.ReportOnly)
        {
            var reported = await ReportAsync(record, order.Job, last, now).ConfigureAwait(false);
            return untold || reported != last ? reported : null;
        }

        if (order.Expression is not null && !IsDue(record, order, last, now))
        {
            return null;
        }

        if (!order.Force && DueJobs.NotBefore(order.Job, plan.Drills, last, now) is { } due)
        {
            return order.Expression is null ? Skipped(order.Job, now, $"The plan wants it again from {due:u}.") : null;
        }

        var run = new DrJobRun { Plan = plan.Name, Job = order.Job, StartedAt = now, LastPassedAt = last?.LastPassedAt };
        if (!record.Write(run) && order.Expression is not null && !IsInThisTick(order.Expression, now))
        {
            // The next look would not know of this run: what cannot be remembered keeps to its minute.
            return null;
        }

        return await EndAsync(record, run, order, work, cancellationToken).ConfigureAwait(false);
    }

    private async Task<DrJobRun> EndAsync(
        JobRecord record, DrJobRun run, Order order, Func<CancellationToken, Task<JobResult>> work, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var job = WorkAsync();
        if (!await HasEndedAsync(job, order.Limit, cancellationToken).ConfigureAwait(false))
        {
            return await StopAsync(record, run, order, job, stop, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return await CloseAsync(record, run, await job.ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await CloseAsync(record, run, new JobResult([Stopped], [])).ConfigureAwait(false);
            throw;
        }
        catch (Exception failure)
        {
            return await CloseAsync(record, run, new JobResult([failure.Message], [])).ConfigureAwait(false);
        }

        async Task<JobResult> WorkAsync() => await work(stop.Token).ConfigureAwait(false);
    }

    /// <summary>
    /// Ends a job that somebody stopped or that hangs. People are told before its end is waited for, since there may be none;
    /// until there is, no other run begins.
    /// </summary>
    private async Task<DrJobRun> StopAsync(
        JobRecord record, DrJobRun run, Order order, Task<JobResult> job, CancellationTokenSource stop, CancellationToken cancellationToken)
    {
        var stopped = Stopped;
        if (!cancellationToken.IsCancellationRequested)
        {
            await stop.CancelAsync().ConfigureAwait(false);
            stopped = $"It had not ended after {DurationText.InWords(order.Limit)}, and was stopped."
                + (await HasEndedAsync(job, order.StopLimit, cancellationToken).ConfigureAwait(false) ? ""
                    : $" It does not end: no other run of it begins before process {Environment.ProcessId} is ended.");
        }

        try
        {
            run = await CloseAsync(record, run, new JobResult([stopped], [])).ConfigureAwait(false);
        }
        finally
        {
            await ((Task)job).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return run;
    }

    private async Task<DrJobRun> CloseAsync(JobRecord record, DrJobRun run, JobResult result)
    {
        var now = clock.GetUtcNow();
        var outcome = result.Failures.Count == 0 ? Outcome.Passed : Outcome.Failed;
        run = run with
        {
            EndedAt = now, Outcome = outcome, LastPassedAt = outcome == Outcome.Passed ? now : run.LastPassedAt,
            Message = outcome == Outcome.Passed ? "It ended as it should." : AlertText.Short(string.Join(' ', result.Failures), 2000),
        };
        record.Write(run);
        return outcome == Outcome.Passed ? run : await TellAsync(record, run, result.Checks).ConfigureAwait(false);
    }

    /// <summary>
    /// Tells people that a run failed. That they were told is remembered only when they were: until then, the next run or report tells it.
    /// </summary>
    private async Task<DrJobRun> TellAsync(JobRecord record, DrJobRun run, IReadOnlyList<CheckResult> checks)
    {
        try
        {
            if (await alertAsync(Alert(run, checks)).ConfigureAwait(false))
            {
                run = run with { ToldAt = clock.GetUtcNow() };
                record.Write(run);
            }
        }
        catch (Exception failure)
        {
            warn($"Nobody could be told that {run.Job} of {plan.Name} failed: {failure.Message}");
        }

        return run;
    }

    private static async Task<bool> HasEndedAsync(Task job, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(job, Task.Delay(limit, ended.Token)).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        return job.IsCompleted;
    }

    // Whoever holds the lock knows that a run without an end has no process any more.
    private static DrJobRun? AfterDeath(JobRecord record, DrJob job, DateTimeOffset now)
    {
        var last = record.Read();
        if (last is { EndedAt: null })
        {
            last = last with { Job = job, EndedAt = now, Outcome = Outcome.Failed, Message = Died };
            record.Write(last);
        }

        return last;
    }

    /// <summary>
    /// Who reports knows that a run failed. Its scheduler reports each failure once, so a recorded one that was reported before is of an
    /// earlier run, and this one left no record: that is for people to know too.
    /// </summary>
    private async Task<DrJobRun> ReportAsync(JobRecord record, DrJob job, DrJobRun? last, DateTimeOffset now)
    {
        if (last is { Outcome: Outcome.Failed, ReportedAt: null })
        {
            record.Write(last with { ReportedAt = now });
            return last;
        }

        var run = Skipped(job, now, $"Its scheduler says so, and the run left no record in {records}: see the scheduler's own log.") with
        {
            Outcome = Outcome.Failed, LastPassedAt = last?.LastPassedAt, ReportedAt = now,
        };
        record.Write(run);
        return await TellAsync(record, run, []).ConfigureAwait(false);
    }

    /// <summary>Takes the job's lock. That there can be none is told by whoever would have run it.</summary>
    private async Task<IDisposable?> LockAsync(JobRecord record, Order order, DateTimeOffset now)
    {
        try
        {
            return record.TryLock();
        }
        catch (LettaDrException failure)
        {
            if (order.Expression is null || IsInThisTick(order.Expression, now))
            {
                var run = Skipped(order.Job, now, failure.Message) with { Outcome = Outcome.Failed };
                await TellAsync(record, run, []).ConfigureAwait(false);
            }

            throw;
        }
    }

    private static bool IsInThisTick(string expression, DateTimeOffset now) => JobTimes.After(expression, now - DueJobs.Tick) <= now;

    // The first look only notes when it began to look: a schedule that is new has missed nothing.
    private bool IsDue(JobRecord record, Order order, DrJobRun? last, DateTimeOffset now)
    {
        if (last is not null)
        {
            return JobTimes.After(order.Expression!, last.StartedAt) is { } due
                && DueJobs.MayBegin(order.Job, due, TimeZoneInfo.ConvertTime(now, TimeZoneInfo.Local));
        }

        return !record.Write(Skipped(order.Job, now, "It has not been due yet.")) && IsInThisTick(order.Expression!, now);
    }

    private DrJobRun Skipped(DrJob job, DateTimeOffset now, string message) => new()
    {
        Plan = plan.Name, Job = job, StartedAt = now, EndedAt = now, Outcome = Outcome.NotRun, Message = message,
    };

    private DrAlert Alert(DrJobRun run, IReadOnlyList<CheckResult> checks) => new()
    {
        Title = $"{run.Job} of {plan.Name} failed", Severity = DrAlertSeverity.Critical, Deployment = plan.Name, Checks = checks,
        Message = $"The scheduled job that began at {run.StartedAt.UtcDateTime:u} failed. {run.Message}",
    };
}
