using System.Diagnostics;

namespace LettaDr;

/// <summary>
/// Restores a set's cache: loads it in a throw-away Redis first, and only then stops the deployment's own to exchange its files.
/// Whatever fails after that puts the old files back.
/// </summary>
internal sealed class CacheRestore(
    IBackupRepository repository, ICacheTarget target, IOperationObserver observer, IJournalStore localJournals)
{
    private static readonly TimeSpan PutBackLimit = TimeSpan.FromMinutes(5);

    public async Task<CacheRestoreResult> RunAsync(CacheRestoreRequest request, string operationId, CancellationToken cancellationToken)
    {
        await PreflightAsync(request, cancellationToken).ConfigureAwait(false);
        var recorder = new OperationRecorder(
            operationId, "RestoreCache", request.Backup.Deployment, request.Backup.Id, observer,
            repository.Journals(request.Backup.Deployment), localJournals);
        return await recorder.RunAsync(() => RestoreAsync(request, operationId, recorder, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Everything that can be found out without touching anything.</summary>
    public async Task<CacheProfile> PreflightAsync(CacheRestoreRequest request, CancellationToken cancellationToken)
    {
        CacheRestorePreflight.Check(repository, request);
        return await target.InspectAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<CacheRestoreResult> RestoreAsync(
        CacheRestoreRequest request, string operationId, OperationRecorder recorder, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var meter = new ProgressMeter(observer, $"Restoring {request.Backup.Id} to Redis at {target.Endpoint}");
        await recorder.StepAsync("Begin, and put right what a restore that died has left", async () =>
        {
            var recovered = await target.BeginAsync(operationId, cancellationToken).ConfigureAwait(false);
            if (recovered is not null)
            {
                observer.Warning(recovered);
            }

            return recovered ?? "nothing was left";
        }).ConfigureAwait(false);

        var load = await StageAsync(request, recorder, meter, cancellationToken).ConfigureAwait(false);
        CacheProof proof;
        try
        {
            proof = await ExchangeAsync(load, recorder, meter, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            await PutBackAsync(recorder, failure).ConfigureAwait(false);
            throw;
        }

        string? previous = null;
        await recorder.StepAsync(request.DiscardPrevious ? "Remove the previous files" : "Keep the previous files", async () =>
        {
            previous = await target.KeepAsync(request.DiscardPrevious, CancellationToken.None).ConfigureAwait(false);
            return previous;
        }).ConfigureAwait(false);
        var completed = DateTimeOffset.UtcNow;
        var reconciled = await ReconcileAsync(request, recorder, cancellationToken).ConfigureAwait(false);
        return new CacheRestoreResult
        {
            BackupId = request.Backup.Id, Deployment = request.Deployment.Name, Cache = target.Endpoint.ToString(),
            SnapshotTime = request.Backup.Manifest!.Cache!.SnapshotTime, CompletedAt = completed, Duration = clock.Elapsed,
            KeysInSet = load.Keys, KeysRestored = proof.Keys, KeysExpired = proof.Expired, Bytes = load.Bytes, TruncatedBytes = load.TruncatedBytes,
            AppendOnly = proof.AppendOnly, PreviousFiles = previous, Reconciled = reconciled, Stages = recorder.Journal.Steps,
        };
    }

    private async Task<CacheLoad> StageAsync(
        CacheRestoreRequest request, OperationRecorder recorder, ProgressMeter meter, CancellationToken cancellationToken)
    {
        CacheLoad load = null!;
        var (backup, manifest) = (request.Backup, request.Backup.Manifest!);
        await recorder.StepAsync("Load the set in a throw-away Redis", async step =>
        {
            meter.Stage("Loading the set in a throw-away Redis");
            load = await target.StageAsync(
                manifest.Cache!, name => repository.OpenContent(backup, manifest.Files.First(file => file.Name == name)), cancellationToken).ConfigureAwait(false);
            step.Bytes = load.Bytes;
            return $"Redis {load.Version} loaded {load.Keys} keys, {load.Expired} of them expired";
        }).ConfigureAwait(false);
        if (load.TruncatedBytes > 0)
        {
            observer.Warning($"{load.TruncatedBytes} bytes of an unfinished command at the end of the append-only files were left out.");
        }

        return load;
    }

    private async Task<CacheProof> ExchangeAsync(CacheLoad load, OperationRecorder recorder, ProgressMeter meter, CancellationToken cancellationToken)
    {
        await StepAsync("Stop Redis", target.StopAsync).ConfigureAwait(false);
        await StepAsync("Set the old files aside, put the set's in their place", target.SwapAsync).ConfigureAwait(false);
        await StepAsync("Start Redis and wait until it has loaded", target.StartAsync).ConfigureAwait(false);
        CacheProof proof = null!;
        await recorder.StepAsync("Count the keys, see that they are written to disk", async () =>
        {
            proof = await target.ProveAsync(load, cancellationToken).ConfigureAwait(false);
            return $"{proof.Keys} keys, {proof.Expired} expired; append-only file {(proof.AppendOnly ? "on and written to" : "off")}";
        }).ConfigureAwait(false);
        if (proof.Notice is not null)
        {
            observer.Warning(proof.Notice);
        }

        return proof;

        Task StepAsync(string name, Func<CancellationToken, Task> work) => recorder.StepAsync(name, async () =>
        {
            meter.Stage(name);
            await work(cancellationToken).ConfigureAwait(false);
            return null;
        });
    }

    private async Task PutBackAsync(OperationRecorder recorder, Exception failure)
    {
        try
        {
            using var limit = new CancellationTokenSource(PutBackLimit);
            await recorder.StepAsync("Put the previous files back", async () =>
            {
                await target.PutBackAsync(limit.Token).ConfigureAwait(false);
                return "Redis is as it was";
            }).ConfigureAwait(false);
        }
        catch (Exception second) when (second is LettaDrException or OperationCanceledException)
        {
            throw new LettaDrException(
                "CacheNotPutBack", FaultKind.OperationFailed,
                $"The restore failed ({failure.Message}), and Redis could not be put back as it was: {second.Message}",
                "Run the command again: it finds the previous files in Redis's data directory, below .lettadr-restore/old, and puts them back first.",
                target.Endpoint, failure);
        }
    }

    private async Task<CacheClearing?> ReconcileAsync(CacheRestoreRequest request, OperationRecorder recorder, CancellationToken cancellationToken)
    {
        if (request.Reconcile is not { } reconcile)
        {
            return null;
        }

        CacheClearing? cleared = null;
        try
        {
            await recorder.StepAsync("Remove keys that contradict the database", async () =>
            {
                cleared = await reconcile(target.Endpoint, cancellationToken).ConfigureAwait(false);
                return $"{cleared.Removed} removed, {cleared.Kept} kept, {cleared.OthersUntouched} of others";
            }).ConfigureAwait(false);
        }
        catch (LettaDrException failure)
        {
            observer.Warning($"The cache is restored, but was not compared with the database: {failure.Message} Run Clear-LettaCache -Stale when that is mended.");
        }

        return cleared;
    }
}
