using System.Text.Json;

namespace LettaDr.Systems;

/// <summary>Begins to receive a server's log into a repository, and ends it.</summary>
internal sealed class WalArchiving(DockerEngine docker, IBackupRepository repository, IOperationObserver observer)
{
    private static readonly TimeSpan ProofLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Finds out what starting comes to; changes nothing.</summary>
    /// <exception cref="LettaDrException">The server's log cannot be received here.</exception>
    public async Task<WalArchivePlan> PlanAsync(WalArchiveRequest request, CancellationToken cancellationToken)
    {
        var endpoint = request.Deployment.Database;
        if (endpoint.Container is not { Id: { } id, IsRunning: true } || !docker.IsLocal)
        {
            throw new LettaDrException(
                "LogNotReceivableFromHere", FaultKind.Incompatible,
                $"The database of {request.Deployment.Name} does not run in this machine's Docker, and its log is received beside it.",
                "Run this on the database's Docker host while it runs; for a server outside Docker, run pg_receivewal with a slot as a service there.", endpoint);
        }

        var server = await docker.DescribeAsync(id, cancellationToken).ConfigureAwait(false);
        var port = DeploymentDatabase.PortInside(endpoint.Container, endpoint);
        var facts = await WalServer.ProbeAsync(docker, server, endpoint, port, request.Slot, cancellationToken).ConfigureAwait(false);
        // A slot that is made anew begins where the last checkpoint did, and so holds back as much as the server keeps for itself.
        if (request.MaximumSlotSize is { } maximum && maximum < facts.OwnLog)
        {
            var own = ByteSize.Format(facts.OwnLog);
            throw new LettaDrException(
                "MaximumSlotSizeInvalid", FaultKind.InvalidArgument,
                $"{server.Container.Name} keeps up to {own} of log for itself; giving the slot up at {ByteSize.Format(maximum)} would free nothing.",
                $"Give -MaximumSlotSize {own} (max_wal_size) at least, and less than the server's disk has free.", maximum);
        }

        var folder = WalArchiveFolder.Of(repository, request.Deployment.Name, facts.SystemIdentifier);
        var existing = await WalReceiver.FindAsync(docker, folder, cancellationToken).ConfigureAwait(false);
        if (facts.SlotIsActive && existing is not { Container.IsRunning: true })
        {
            throw new LettaDrException(
                "SlotInUse", FaultKind.Busy, $"Somebody else receives by the replication slot {request.Slot} of {server.Container.Name}.",
                "Name another slot by -SlotName, or stop the other receiver (pg_stat_replication shows it).", request.Slot);
        }

        return new WalArchivePlan
        {
            Request = request, Repository = repository.Location, Folder = folder, Server = server, Port = port, Facts = facts, Existing = existing,
            ImageVolumes = [.. server.Container.Volumes.Where(volume => volume.Kind == "volume").Select(volume => new ContainerVolume("tmpfs", string.Empty, volume.Destination, ReadOnly: false))],
        };
    }

    /// <summary>Begins to receive, and returns when a commit of after that was found in the log received.</summary>
    /// <exception cref="LettaDrException">It does not begin; nothing is left behind but a slot that was there before.</exception>
    public async Task<WalArchive> StartAsync(WalArchivePlan plan, CancellationToken cancellationToken)
    {
        var began = plan.Existing is { } existing && WalReceiver.Fits(existing, plan) ? null : await BeginAsync(plan, cancellationToken).ConfigureAwait(false);
        try
        {
            return await ProveAsync(plan, began is not null, cancellationToken).ConfigureAwait(false);
        }
        catch when (began is not null)
        {
            if (plan.Facts.SlotKind.Length == 0)
            {
                await WalReceiver.DropSlotAsync(docker, began, CancellationToken.None).ConfigureAwait(false);
            }

            await WalReceiver.RemoveAsync(docker, began, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Stops all receivers of a deployment into the repository, those of former clusters too.</summary>
    private async Task StopAsync(string deployment, CancellationToken cancellationToken)
    {
        foreach (var receiver in await WalReceiver.ListAsync(docker, deployment, repository.Location, cancellationToken).ConfigureAwait(false))
        {
            observer.Verbose($"Stopping {receiver.Container.Name}");
            await WalReceiver.RemoveAsync(docker, receiver.Container.Id!, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<string> BeginAsync(WalArchivePlan plan, CancellationToken cancellationToken)
    {
        await StopAsync(plan.Request.Deployment.Name, cancellationToken).ConfigureAwait(false);
        DurableFiles.CreateDirectory(Path.Combine(plan.Folder, WalArchiveFolder.Receiving));
        var settings = new WalArchiveSettings
        {
            SystemIdentifier = plan.Facts.SystemIdentifier, Deployment = plan.Request.Deployment.Name, SegmentSize = plan.Facts.SegmentSize,
            Slot = plan.Request.Slot, ServerVersion = plan.Facts.Version, Image = plan.Server.Container.Image, Container = plan.ContainerName,
            Server = plan.Server.Container.Name, User = plan.Request.Deployment.Database.UserName, Port = plan.Port,
            HeartbeatSeconds = plan.Request.HeartbeatInterval.TotalSeconds, MaximumSlotBytes = plan.Request.MaximumSlotSize,
            StartedAt = DateTimeOffset.UtcNow,
        };
        DurableFiles.WriteAtomically(
            Path.Combine(plan.Folder, WalArchiveSettings.FileName), JsonSerializer.SerializeToUtf8Bytes(settings, LettaDrJson.Default.WalArchiveSettings));
        observer.Verbose($"Starting {plan.ContainerName}");
        return await WalReceiver.RunAsync(docker, plan, cancellationToken).ConfigureAwait(false);
    }

    private async Task<WalArchive> ProveAsync(WalArchivePlan plan, bool isNew, CancellationToken cancellationToken)
    {
        var meter = new ProgressMeter(observer, $"Archiving the log of {plan.Request.Deployment.Name}");
        meter.Stage("Waiting for a heartbeat in the log received");
        var inspection = new WalArchiveInspection(repository, docker);
        for (var until = DateTimeOffset.UtcNow + ProofLimit; ; await Task.Delay(Pause, cancellationToken).ConfigureAwait(false))
        {
            var archive = await inspection.InspectAsync(plan.Request.Deployment.Name, plan.Facts.SystemIdentifier, cancellationToken).ConfigureAwait(false);
            if (archive.RecoverableAt >= plan.Facts.Time || (!isNew && archive.State == WalArchiveState.Streaming))
            {
                return archive;
            }

            if (DateTimeOffset.UtcNow > until || archive.State == WalArchiveState.Stopped)
            {
                throw new LettaDrException(
                    "LogNotReceived", FaultKind.OperationFailed,
                    $"Nothing was received from {plan.Server.Container.Name}: {archive.LastEvents.LastOrDefault() ?? archive.Problem ?? "the receiver says nothing"}",
                    $"See {Path.Combine(plan.Folder, WalArchiveFolder.Events)}, and that {plan.Repository} has room.", plan.Folder);
            }
        }
    }
}
