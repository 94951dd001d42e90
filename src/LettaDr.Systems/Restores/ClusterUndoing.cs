using System.Text.Json;

namespace LettaDr.Systems;

/// <summary>Puts the cluster back that a recovery had set aside.</summary>
internal sealed class ClusterUndoing(LettaDeployment deployment, IOperationObserver observer, IJournalStore localJournals)
{
    /// <summary>The cluster that the newest recovery set aside, and the name of its folder; null when there is none, or none can be looked for.</summary>
    public async Task<(ClusterMark Mark, string Folder)?> FindAsync(CancellationToken cancellationToken)
    {
        if (deployment.Database.Container is not { Id: not null })
        {
            return null;
        }

        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var (data, volumes, details) = await ClusterInspection.DataAsync(engine, deployment.Database, cancellationToken).ConfigureAwait(false);
        if (volumes.Count == 0)
        {
            return null;
        }

        await using var scratch = await ScratchContainer.StartAsync(
            engine, details.Container.ImageDigest ?? details.Container.Image!, null, [.. volumes.Select(volume => volume with { ReadOnly = true })], cancellationToken).ConfigureAwait(false);
        var kept = await new ClusterFolder(scratch, data).KeptAsync(cancellationToken).ConfigureAwait(false);
        return kept.Select(one => (Mark: JsonSerializer.Deserialize(one.Note, LettaDrJson.Default.ClusterMark), one.Name))
            .Where(one => one.Mark is not null).OrderBy(one => one.Mark!.At).Select(one => ((ClusterMark, string)?)(one.Mark!, one.Name)).LastOrDefault();
    }

    /// <summary>What is asked before.</summary>
    public static string Question(ClusterMark mark) =>
        $"What was written since {mark.At:u}, when the cluster was recovered to {mark.Target}, is no longer live, but is kept aside. Undo the recovery from {mark.BackupId}?";

    /// <summary>Swaps it back.</summary>
    public async Task<UndoResult> RunAsync(ClusterMark mark, string folder, bool disconnectSessions, string operationId, CancellationToken cancellationToken)
    {
        await using var target = await ClusterTarget.OpenAsync(deployment, null, observer, cancellationToken).ConfigureAwait(false);
        ClusterRestorePreflight.CheckSessions(await target.InspectAsync(cancellationToken).ConfigureAwait(false), disconnectSessions);
        var recorder = new OperationRecorder(operationId, "UndoRestore", deployment.Name, mark.BackupId, observer, localJournals);
        return await recorder.RunAsync(async () =>
        {
            if (await target.BeginAsync(operationId, null, cancellationToken).ConfigureAwait(false) is { } recovered)
            {
                observer.Warning(recovered);
            }

            string? undone = null;
            try
            {
                await recorder.StepAsync("Swap back", async () =>
                {
                    await target.PrepareAsync(mark with { OperationId = operationId, At = DateTimeOffset.UtcNow }, cancellationToken).ConfigureAwait(false);
                    await target.Folder.StageKeptAsync(folder, cancellationToken).ConfigureAwait(false);
                    await target.StopAsync(cancellationToken).ConfigureAwait(false);
                    await target.SwapAsync(cancellationToken).ConfigureAwait(false);
                    await target.StartAsync(cancellationToken).ConfigureAwait(false);
                    return $"{folder} is live again";
                }).ConfigureAwait(false);
            }
            catch
            {
                await target.PutBackAsync(CancellationToken.None).ConfigureAwait(false);
                throw;
            }

            undone = await target.Folder.KeepAsync(operationId, "undone", discard: false, CancellationToken.None).ConfigureAwait(false);
            return new UndoResult
            {
                Database = deployment.Database.Database, BackupId = mark.BackupId, RestoredAt = mark.At, UndoneDatabase = undone ?? string.Empty,
            };
        }).ConfigureAwait(false);
    }
}
