namespace LettaDr;

/// <summary>
/// Restores a whole system by its plan. After a crash or a failure the same command goes on with the step that was not done;
/// what was done before is not done again.
/// </summary>
internal sealed class SystemRestore(ISystemTarget target, IOperationObserver observer, params IJournalStore[] journals)
{
    /// <summary>The kind of its journals.</summary>
    public const string Kind = "SystemRestore";

    // Beyond a day nobody can say what has happened to the system since.
    private static readonly TimeSpan ResumeLimit = TimeSpan.FromHours(24);

    /// <param name="plan">What is to be done.</param>
    /// <param name="operationId">Identifies this run.</param>
    /// <param name="restart">Begins with the first step even where an earlier run got further.</param>
    /// <param name="cancellationToken">Stops it between and inside steps.</param>
    public async Task<SystemRestoreResult> RunAsync(RestorePlan plan, string operationId, bool restart, CancellationToken cancellationToken)
    {
        Check(plan);
        var earlier = restart ? null : FindUnfinished(plan);
        if (earlier is not null)
        {
            observer.Warning(
                $"Resuming {earlier.Id}, which {(earlier.Outcome is null ? "died" : "failed")} in {earlier.Steps.LastOrDefault()?.Name ?? "its beginning"}: what it had done is not done again. -Restart begins anew.");
        }

        var recorder = new OperationRecorder(operationId, Kind, plan.Deployment, plan.Backup.Id, observer, journals);
        var run = new SystemRestoreRun(plan, operationId, observer);
        return await recorder.RunAsync(async () =>
        {
            foreach (var step in plan.Steps.Where(step => !step.Skip))
            {
                cancellationToken.ThrowIfCancellationRequested();
                await TakeAsync(step.Kind, run, recorder, earlier, cancellationToken).ConfigureAwait(false);
            }

            return Describe(run, recorder.Journal, earlier?.Id);
        }).ConfigureAwait(false);
    }

    private async Task TakeAsync(
        RestoreStepKind kind, SystemRestoreRun run, OperationRecorder recorder, OperationJournal? earlier, CancellationToken cancellationToken)
    {
        if (IsRepeatable(kind, earlier) || earlier?.Steps.FirstOrDefault(step => step.Name == kind.ToString()) is not { Outcome: Outcome.Passed } done)
        {
            await recorder.StepAsync(
                kind.ToString(), async () => await target.RunAsync(kind, run, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            return;
        }

        recorder.Adopt(done with { Detail = $"Done by {earlier.Id}. {done.Detail}" });
    }

    /// <summary>
    /// What only looks is done again, since its findings belong into this run's result. So is what makes the machine ready, in
    /// case somebody changed that meanwhile; but a server that the earlier run has started is not stopped any more.
    /// </summary>
    private static bool IsRepeatable(RestoreStepKind kind, OperationJournal? earlier) => kind switch
    {
        RestoreStepKind.TestConnectivity or RestoreStepKind.TestConsistency or RestoreStepKind.CompareAgents => true,
        RestoreStepKind.EnterMaintenance or RestoreStepKind.StartInfrastructure =>
            earlier?.Steps.Any(step => step.Name == nameof(RestoreStepKind.StartServer) && step.Outcome == Outcome.Passed) != true,
        _ => false,
    };

    private OperationJournal? FindUnfinished(RestorePlan plan)
    {
        var newest = journals.SelectMany(journal => journal.Find(Kind, plan.Deployment)).MaxBy(journal => journal.Id, StringComparer.Ordinal);
        return newest is not null && newest.Outcome != Outcome.Passed && newest.BackupId == plan.Backup.Id
            && DateTimeOffset.UtcNow - newest.StartedAt < ResumeLimit
                ? newest
                : null;
    }

    private static void Check(RestorePlan plan)
    {
        if (plan.Obstacles.Count > 0)
        {
            throw new LettaDrException(
                "RestorePlanObstructed", FaultKind.Incompatible, string.Join(" ", plan.Obstacles),
                "Nothing was touched. Remove what stands in the way, and run the command again.", plan.Deployment);
        }

        var skipped = plan.Steps.Where(step => step.Skip).Select(step => step.Kind).ToHashSet();
        if (skipped.Contains(RestoreStepKind.EnterMaintenance) && !skipped.Contains(RestoreStepKind.RestoreDatabase))
        {
            throw new LettaDrException(
                "RestorePlanUnsafe", FaultKind.InvalidArgument,
                "The plan restores the database and leaves out EnterMaintenance: a server that writes meanwhile loses what it writes.",
                "Leave the step in, or RestoreDatabase out as well.", plan.Deployment);
        }
    }

    private static SystemRestoreResult Describe(SystemRestoreRun run, OperationJournal journal, string? resumed)
    {
        var completedAt = DateTimeOffset.UtcNow;
        var duration = completedAt - journal.Steps.Select(step => step.StartedAt).Append(journal.StartedAt).Min();
        return new SystemRestoreResult
        {
            BackupId = run.Plan.Backup.Id,
            Deployment = run.Plan.Deployment,
            Destination = run.Plan.Destination,
            SnapshotTime = run.Plan.Backup.SnapshotTime,
            CompletedAt = completedAt,
            Duration = duration,
            ResumedOperation = resumed,
            Database = run.Database,
            ClearedKeys = run.ClearedKeys,
            Checks = run.Checks,
            Agents = run.Agents,
            RecoveryTimes = RecoveryTimes.Of(journal.Steps, duration),
            Stages = journal.Steps,
        };
    }
}
