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
    private static readonly TimeSpan ServingLimit = TimeSpan.FromMinutes(15);

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

        var recorder = new OperationRecorder(operationId, Kind, plan.Deployment, plan.Backup.Id, observer, journals) { Destination = plan.Destination };
        var run = new SystemRestoreRun(plan, operationId, observer);
        return await recorder.RunAsync(async () =>
        {
            // All at once: should this run die as well, the next one still knows what the first had done.
            var done = DoneBy(earlier, plan);
            done.ForEach(recorder.Adopt);
            try
            {
                foreach (var step in plan.Steps.Where(step => !step.Skip && done.TrueForAll(one => one.Name != step.Kind.ToString())))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    await recorder.StepAsync(
                        step.Kind.ToString(), async () => await target.RunAsync(step.Kind, run, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
                }
            }
            catch
            {
                TellWhatIsStopped(plan, recorder.Journal);
                throw;
            }

            return Describe(run, recorder.Journal, earlier?.Id);
        }).ConfigureAwait(false);
    }

    private static List<JournalStep> DoneBy(OperationJournal? earlier, RestorePlan plan) => earlier is null
        ? []
        : [.. plan.Steps.Where(step => !step.Skip && !IsRepeatable(step.Kind, earlier) && HasPassed(earlier, step.Kind))
            .Select(step => earlier.Steps.Last(done => done.Name == step.Kind.ToString() && done.Outcome == Outcome.Passed))
            .Select(done => done with { Detail = $"Done by {earlier.Id}. {done.Detail}" })];

    private static bool HasPassed(OperationJournal journal, RestoreStepKind kind) =>
        journal.Steps.Any(step => step.Name == kind.ToString() && step.Outcome == Outcome.Passed);

    /// <summary>A deployment that is left in maintenance must not be found closed by surprise.</summary>
    private void TellWhatIsStopped(RestorePlan plan, OperationJournal journal)
    {
        if (journal.Steps.Any(step => step.Name == nameof(RestoreStepKind.EnterMaintenance)) && !HasPassed(journal, RestoreStepKind.StartServer))
        {
            var live = HasPassed(journal, RestoreStepKind.RestoreDatabase) ? "the restored database is live" : "the database is as it was";
            observer.Warning(
                $"{plan.Deployment} stays in maintenance: its server is stopped and connections may be refused; {live}. Run the same command again to go on, or Exit-LettaMaintenance to leave it so.");
        }
    }

    /// <summary>
    /// What only looks is done again, since its findings belong into this run's result. So is what makes the machine ready, in
    /// case somebody changed that meanwhile; but a server that the earlier run has started is not stopped any more.
    /// </summary>
    private static bool IsRepeatable(RestoreStepKind kind, OperationJournal earlier) => kind switch
    {
        RestoreStepKind.TestConnectivity or RestoreStepKind.TestConsistency or RestoreStepKind.CompareAgents => true,
        RestoreStepKind.EnterMaintenance or RestoreStepKind.StartInfrastructure => !HasPassed(earlier, RestoreStepKind.StartServer),
        _ => false,
    };

    private OperationJournal? FindUnfinished(RestorePlan plan)
    {
        var newest = Find(Kind, plan).MaxBy(journal => journal.Id, StringComparer.Ordinal);
        return newest is not null && newest.Outcome != Outcome.Passed && newest.BackupId == plan.Backup.Id && newest.Destination == plan.Destination
            && DateTimeOffset.UtcNow - newest.StartedAt < ResumeLimit && !MayHaveBeenWrittenTo(newest) && !HasChangedSince(newest, plan)
                ? newest
                : null;
    }

    /// <summary>
    /// Once the server runs, users write. Only a run that died a moment ago is gone on with then; else the restored state is no
    /// longer the set's, and to call it so would be a lie.
    /// </summary>
    private static bool MayHaveBeenWrittenTo(OperationJournal journal) => HasPassed(journal, RestoreStepKind.StartServer)
        && (journal.Outcome is not null || DateTimeOffset.UtcNow - journal.Steps.Max(step => step.StartedAt) > ServingLimit);

    /// <summary>Whether another operation has exchanged or opened the database since.</summary>
    private bool HasChangedSince(OperationJournal journal, RestorePlan plan) => new[] { "Restore", "UndoRestore", "ExitMaintenance" }
        .SelectMany(kind => Find(kind, plan)).Any(other => other.Id != journal.Id && other.StartedAt > journal.StartedAt);

    private IEnumerable<OperationJournal> Find(string kind, RestorePlan plan) => journals.SelectMany(journal => journal.Find(kind, plan.Deployment));

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
        var duration = RecoveryTimes.Whole(journal, completedAt);
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
