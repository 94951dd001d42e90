namespace LettaDr.Systems;

/// <summary>Runs a plan's job: never twice at once, not before it is due, remembered whatever comes of it, and told when it failed.</summary>
/// <param name="plan">The plan.</param>
/// <param name="records">The folder of records.</param>
/// <param name="clock">What time it is.</param>
/// <param name="alertAsync">Tells people.</param>
internal sealed class JobRunning(DrPlan plan, string records, TimeProvider clock, Func<DrAlert, Task> alertAsync)
{
    private const string Died = "It began, and did not end: its process was killed, or the machine went down.";

    /// <summary>What a scheduler wants of a job.</summary>
    /// <param name="Job">The job.</param>
    /// <param name="Expression">Its times; null where it is to run whatever they are.</param>
    /// <param name="Force">Whether it runs though the plan does not want it yet.</param>
    /// <param name="ReportOnly">Whether nothing is run, and only a run that died is told.</param>
    internal sealed record Order(DrJob Job, string? Expression = null, bool Force = false, bool ReportOnly = false);

    /// <summary>Does as ordered.</summary>
    /// <param name="order">The order.</param>
    /// <param name="work">The job itself: what came of it.</param>
    /// <param name="cancellationToken">Ends it; that it was ended is remembered.</param>
    /// <returns>The run; null where nothing was due.</returns>
    public async Task<DrJobRun?> RunAsync(Order order, Func<CancellationToken, Task<JobResult>> work, CancellationToken cancellationToken)
    {
        var record = new JobRecord(records, plan.Name, plan.Path ?? plan.Name, order.Job);
        using var held = record.TryLock();
        var now = clock.GetUtcNow();
        if (held is null)
        {
            return order.Expression is null && !order.ReportOnly ? Skipped(order.Job, now, "Another run of it is under way.") : null;
        }

        var last = await AfterDeathAsync(record, order.Job, now).ConfigureAwait(false);
        if (order.ReportOnly)
        {
            return last switch
            {
                { Message: Died } => last,
                { Outcome: Outcome.Failed } => null,
                _ => await UnrecordedAsync(order.Job, now).ConfigureAwait(false),
            };
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
        record.Write(run);
        return await EndAsync(record, run, work, cancellationToken).ConfigureAwait(false);
    }

    private async Task<DrJobRun> EndAsync(JobRecord record, DrJobRun run, Func<CancellationToken, Task<JobResult>> work, CancellationToken cancellationToken)
    {
        JobResult result;
        try
        {
            result = await work(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            run = run with { EndedAt = clock.GetUtcNow(), Outcome = Outcome.Failed, Message = "It was stopped." };
            record.Write(run);
            await alertAsync(Alert(run, [])).ConfigureAwait(false);
            throw;
        }

        var now = clock.GetUtcNow();
        var outcome = result.Failures.Count == 0 ? Outcome.Passed : Outcome.Failed;
        run = run with
        {
            EndedAt = now, Outcome = outcome, LastPassedAt = outcome == Outcome.Passed ? now : run.LastPassedAt,
            Message = outcome == Outcome.Passed ? "It ended as it should." : AlertText.Short(string.Join(' ', result.Failures), 2000),
        };
        record.Write(run);
        if (outcome != Outcome.Passed)
        {
            await alertAsync(Alert(run, result.Checks)).ConfigureAwait(false);
        }

        return run;
    }

    // Whoever holds the lock knows that a run without an end has no process any more.
    private async Task<DrJobRun?> AfterDeathAsync(JobRecord record, DrJob job, DateTimeOffset now)
    {
        var last = record.Read();
        if (last is not { EndedAt: null })
        {
            return last;
        }

        last = last with { Job = job, EndedAt = now, Outcome = Outcome.Failed, Message = Died };
        record.Write(last);
        await alertAsync(Alert(last, [])).ConfigureAwait(false);
        return last;
    }

    /// <summary>Who asks knows that a run failed; that it left no record is for people to know too.</summary>
    private async Task<DrJobRun> UnrecordedAsync(DrJob job, DateTimeOffset now)
    {
        var run = Skipped(job, now, $"Its scheduler says so, and the run left no record in {records}: see the scheduler's own log.") with { Outcome = Outcome.Failed };
        await alertAsync(Alert(run, [])).ConfigureAwait(false);
        return run;
    }

    // The first look only notes when it began to look: a schedule that is new has missed nothing.
    private bool IsDue(JobRecord record, Order order, DrJobRun? last, DateTimeOffset now)
    {
        if (last is not null)
        {
            return JobTimes.After(order.Expression!, last.StartedAt) is { } due && due <= now;
        }

        record.Write(Skipped(order.Job, now, "It has not been due yet."));
        return false;
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
