using System.Reflection;

namespace LettaDr;

/// <summary>Makes one set of several parts: locked against others, journalled, and visible only when it is whole.</summary>
internal sealed class BackupMaking(IBackupRepository repository, IOperationObserver observer, IJournalStore localJournals)
{
    private static readonly string Writer = "LettaDr " + typeof(BackupMaking).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <param name="request">What the set is of.</param>
    /// <param name="parts">Its parts; their moments are fixed in this order.</param>
    /// <param name="cancellationToken">Stops it; then nothing is left.</param>
    public async Task<Backup> RunAsync(SetRequest request, IReadOnlyList<IBackupPart> parts, CancellationToken cancellationToken)
    {
        var deployment = request.Deployment.Name;
        var id = OperationId.Next();
        await repository.PrepareAsync(cancellationToken).ConfigureAwait(false);
        using var guard = repository.Lock(deployment, "Backup");
        foreach (var swept in repository.Sweep(deployment))
        {
            observer.Warning($"Removed what an operation that died had left: {swept}");
        }

        var recorder = new OperationRecorder(
            id, "Backup", deployment, id, observer, repository.Journals(deployment), localJournals);
        return await recorder.RunAsync(() => MakeAsync(request, id, recorder, parts, cancellationToken)).ConfigureAwait(false);
    }

    private async Task<Backup> MakeAsync(
        SetRequest request, string id, OperationRecorder recorder, IReadOnlyList<IBackupPart> parts, CancellationToken cancellationToken)
    {
        var meter = new ProgressMeter(observer, $"Backing up {request.Deployment.Name}");
        var manifest = new BackupManifest
        {
            Format = BackupManifest.CurrentFormat, Id = id, Deployment = request.Deployment.Name, Label = request.Label, Writer = Writer,
            StartedAt = DateTimeOffset.UtcNow, CompletedAt = DateTimeOffset.UtcNow, Files = [],
        };
        using var set = repository.CreateSet(request.Deployment.Name, id);
        var draft = new BackupDraft(request, set, recorder, meter, manifest);
        foreach (var part in parts)
        {
            await part.CaptureAsync(draft, cancellationToken).ConfigureAwait(false);
        }

        await ParallelWork.RunAsync(
            parts.Select(part => (Func<CancellationToken, Task>)(token =>
                part.CopyAsync(part.ShowsProgress || parts.Count == 1 ? draft : draft.WithoutProgress(), token))),
            parts.Count, cancellationToken).ConfigureAwait(false);

        Backup backup = null!;
        await recorder.StepAsync("Publish the set", () =>
        {
            meter.Stage("Publishing the set");
            cancellationToken.ThrowIfCancellationRequested();
            backup = draft.Publish();
            return Task.FromResult<string?>($"{ByteSize.Format(backup.Size)} at {backup.Path}");
        }).ConfigureAwait(false);
        foreach (var warning in draft.Warnings)
        {
            observer.Warning(warning);
        }

        return backup;
    }
}
