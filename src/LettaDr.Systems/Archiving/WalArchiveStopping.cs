namespace LettaDr.Systems;

/// <summary>Ends the receiving into an archive.</summary>
internal sealed class WalArchiveStopping(DockerEngine docker, IBackupRepository repository, IOperationObserver observer)
{
    /// <summary>Asks the receiver to drop the slot, which it alone may be allowed to, and removes it.</summary>
    /// <exception cref="LettaDrException">The slot is still there.</exception>
    public async Task RunAsync(WalArchive archive, bool dropSlot, CancellationToken cancellationToken)
    {
        var receiver = await WalReceiver.FindAsync(docker, archive.Path, cancellationToken).ConfigureAwait(false);
        string? kept = null;
        if (dropSlot)
        {
            kept = await DropSlotAsync(archive, receiver, cancellationToken).ConfigureAwait(false);
        }

        if (receiver is not null)
        {
            observer.Verbose($"Stopping {receiver.Container.Name}");
            await WalReceiver.RemoveAsync(docker, receiver.Container.Id!, cancellationToken).ConfigureAwait(false);
        }

        if (kept is not null)
        {
            throw new LettaDrException(
                "SlotNotDropped", FaultKind.OperationFailed,
                $"Nothing is received any more, but the replication slot {archive.Slot} of {archive.Deployment} could not be dropped: {kept}",
                $"Drop it on the server: SELECT pg_drop_replication_slot('{archive.Slot}'). Until then the server keeps all its log.", archive.Slot);
        }
    }

    private async Task<string?> DropSlotAsync(WalArchive archive, ContainerDetails? receiver, CancellationToken cancellationToken)
    {
        if (receiver is { Container.IsRunning: true })
        {
            observer.Verbose($"Dropping the slot {archive.Slot}");
            return await WalReceiver.DropSlotAsync(docker, receiver.Container.Id!, cancellationToken).ConfigureAwait(false)
                ? null : WalArchiveInspection.Events(archive.Path).LastOrDefault() ?? "the receiver says nothing";
        }

        var settings = WalArchiveFolder.Settings(archive.Path);
        if (settings?.Server is not { } name)
        {
            return $"the archive in {repository.Location} does not tell its server";
        }

        var server = await docker.DescribeAsync(name, cancellationToken).ConfigureAwait(false);
        var psql = WalServer.Psql(docker, server, settings.User, settings.Port);
        var (_, error) = await psql.AskAsync(
            "postgres", $"SELECT pg_catalog.pg_drop_replication_slot(slot_name) FROM pg_catalog.pg_replication_slots WHERE slot_name = '{archive.Slot}'", cancellationToken).ConfigureAwait(false);
        return error;
    }
}
