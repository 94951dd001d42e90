using System.Diagnostics;

namespace LettaDr;

/// <summary>
/// Recovers a whole cluster to a moment beside the live one, proves it, and only then stops the server to exchange the files. Whatever
/// fails before leaves the live cluster untouched; whatever fails after puts it back.
/// </summary>
internal sealed class ClusterRestore(IBackupRepository repository, IClusterTarget target, IOperationObserver observer, IJournalStore localJournals)
{
    private static readonly TimeSpan PutBackLimit = TimeSpan.FromMinutes(10);

    public async Task<RecoveryResult> RunAsync(ClusterRestoreRequest request, string operationId, CancellationToken cancellationToken)
    {
        var profile = await PreflightAsync(request, cancellationToken).ConfigureAwait(false);
        var plan = request.Plan;
        var recorder = new OperationRecorder(
            operationId, "Restore", plan.Backup.Deployment, plan.Backup.Id, observer, repository.Journals(plan.Backup.Deployment), localJournals);
        return await recorder.RunAsync(() => RestoreAsync(request, profile, operationId, recorder, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Everything that can be found out without touching anything.</summary>
    public async Task<ClusterProfile> PreflightAsync(ClusterRestoreRequest request, CancellationToken cancellationToken)
    {
        var profile = await target.InspectAsync(cancellationToken).ConfigureAwait(false);
        ClusterRestorePreflight.Check(repository, request, profile);
        if (request.Plan.Window.Problem is { } problem)
        {
            observer.Warning($"The log ends before its time: {problem.TrimEnd('.')}. What can be recovered is {request.Plan.Window}.");
        }

        if (!request.Plan.IsTimelineNamed && profile.Timeline is { } live && live != request.Plan.History.Timeline && profile.SystemIdentifier == request.Plan.Part.SystemIdentifier)
        {
            observer.Warning(
                $"The log is followed along timeline {request.Plan.History.Timeline}, the newest that is kept, and the server is on timeline {live}: -Timeline says which is meant.");
        }

        return profile;
    }

    private async Task<RecoveryResult> RestoreAsync(
        ClusterRestoreRequest request, ClusterProfile profile, string operationId, OperationRecorder recorder, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var plan = request.Plan;
        await recorder.StepAsync("Begin, and put right what a restore that died has left", async () =>
        {
            var recovered = await target.BeginAsync(operationId, plan.Backup, cancellationToken).ConfigureAwait(false);
            if (recovered is not null)
            {
                observer.Warning(recovered);
            }

            return recovered ?? "nothing was left";
        }).ConfigureAwait(false);

        Recovered recovered;
        string? previous = null;
        try
        {
            recovered = await RecoverAsync(request, operationId, recorder, cancellationToken).ConfigureAwait(false);
            ClusterRestorePreflight.CheckSessions(await target.InspectAsync(cancellationToken).ConfigureAwait(false), request.DisconnectSessions);
            await recorder.StepAsync("Stop the server", () => Silently(target.StopAsync, cancellationToken)).ConfigureAwait(false);
            await recorder.StepAsync("Set its files aside, put the recovered ones in their place", () => Silently(target.SwapAsync, cancellationToken)).ConfigureAwait(false);
            await recorder.StepAsync("Start the server and wait until it answers", () => Silently(target.StartAsync, cancellationToken)).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            await PutBackAsync(recorder, failure).ConfigureAwait(false);
            throw;
        }

        var completed = DateTimeOffset.UtcNow;
        await recorder.StepAsync(request.DiscardPrevious ? "Remove the previous cluster" : "Keep the previous cluster", async () =>
            previous = await target.KeepAsync(request.DiscardPrevious, CancellationToken.None).ConfigureAwait(false)).ConfigureAwait(false);
        if (plan.Backup.Parts.HasFlag(BackupParts.PgBackRest))
        {
            await recorder.StepAsync("See that the log is archived again", async () => await target.SeeArchivedAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }
        else
        {
            observer.Verbose("Replication slots are not part of a base backup: start the archive of the log anew, and make a new base backup.");
        }

        return new RecoveryResult
        {
            BackupId = plan.Backup.Id, Deployment = request.Deployment.Name, Container = profile.Container, Target = plan.Target,
            ReachedLsn = recovered.Point.Lsn, ReachedTime = recovered.Point.LastCommit ?? plan.Part.SnapshotTime, Timeline = recovered.Timeline,
            Loss = recovered.Loss, Window = plan.Window, TablesIdentical = plan.PassesSnapshot ? plan.Part.Tables : 0, Rows = plan.PassesSnapshot ? plan.Part.Rows : 0,
            LogBytes = Math.Max(0, plan.Stop - plan.Part.StartLsn), PreviousCluster = previous, CompletedAt = completed, Duration = clock.Elapsed,
            Stages = recorder.Journal.Steps,
        };
    }

    private async Task<Recovered> RecoverAsync(
        ClusterRestoreRequest request, string operationId, OperationRecorder recorder, CancellationToken cancellationToken)
    {
        var plan = request.Plan;
        await recorder.StepAsync("Lay the copy out beside the server's files", async step =>
        {
            await target.LayAsync(plan, new ClusterMark(operationId, plan.Backup.Id, plan.Target.ToString(), DateTimeOffset.UtcNow), cancellationToken).ConfigureAwait(false);
            step.Bytes = plan.Bytes;
            return string.Join(", ", plan.Chain);
        }).ConfigureAwait(false);
        if (plan.PassesSnapshot)
        {
            await recorder.StepAsync("Recover it to its fingerprints' position, compare every row", async step =>
            {
                var differences = await target.CompareSnapshotAsync(plan, request.Jobs, cancellationToken).ConfigureAwait(false);
                step.Bytes = plan.Part.Bytes;
                return differences.Count == 0
                    ? $"{plan.Part.Tables} tables with {plan.Part.Rows} rows are identical at {plan.Part.SnapshotLsn}"
                    : throw NotIdentical(plan, differences);
            }).ConfigureAwait(false);
        }

        RecoveredPoint point = null!;
        await recorder.StepAsync("Replay the log to the moment", async step =>
        {
            point = await target.RecoverAsync(plan, cancellationToken).ConfigureAwait(false);
            step.Bytes = Math.Max(0, plan.Stop - plan.Part.StartLsn);
            return $"paused at {point.Lsn}, last commit {point.LastCommit?.ToString("O") ?? "before the copy"}";
        }).ConfigureAwait(false);
        if (!plan.PassesSnapshot)
        {
            await recorder.StepAsync("Read every table", async () => await target.ReadEverythingAsync(plan, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }

        LossWindow loss = null!;
        await recorder.StepAsync("See what lies after the moment", async () =>
        {
            loss = await target.MeasureLossAsync(plan, point, cancellationToken).ConfigureAwait(false);
            return loss.ToString();
        }).ConfigureAwait(false);
        uint timeline = 0;
        await recorder.StepAsync("Promote, and shut down in order", async () =>
        {
            timeline = await target.PromoteAsync(cancellationToken).ConfigureAwait(false);
            return $"timeline {timeline}";
        }).ConfigureAwait(false);
        return new Recovered(point, loss, timeline);
    }

    private async Task PutBackAsync(OperationRecorder recorder, Exception failure)
    {
        try
        {
            using var limit = new CancellationTokenSource(PutBackLimit);
            await recorder.StepAsync("Put everything back as it was", () => Silently(target.PutBackAsync, limit.Token)).ConfigureAwait(false);
        }
        catch (Exception second) when (second is LettaDrException or OperationCanceledException)
        {
            throw new LettaDrException(
                "ClusterNotPutBack", FaultKind.OperationFailed,
                $"The restore failed ({failure.Message}), and the server could not be put back as it was: {second.Message}",
                "Run the command again: it finds the previous files in the data directory, below pgsql_tmp_lettadr/old, and puts them back first.",
                target.Server, failure);
        }
    }

    private static LettaDrException NotIdentical(RecoveryPlan plan, IReadOnlyList<InventoryDifference> differences) => new(
        "RestoreNotIdentical", FaultKind.DataCorrupt,
        $"What was recovered from {plan.Backup.Id} to {plan.Part.SnapshotLsn} is not what the set says, in {differences.Count} point(s): {string.Join("; ", differences.Take(5))}.",
        "The live cluster was not touched. Use another set; Test-LettaBackup -Level Restore proves one.", plan.Backup.Id);

    private static async Task<string?> Silently(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        await work(cancellationToken).ConfigureAwait(false);
        return null;
    }

    private sealed record Recovered(RecoveredPoint Point, LossWindow Loss, uint Timeline);
}
