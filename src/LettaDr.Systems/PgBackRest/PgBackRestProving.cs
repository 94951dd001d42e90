namespace LettaDr.Systems;

/// <summary>
/// Proves a backup of pgBackRest as a physical set of our own is proven: pgBackRest restores it in a throw-away container, its archived log is
/// replayed to just the position that the inventory is of, and every row is compared.
/// </summary>
internal sealed class PgBackRestProving(IBackupRepository repository, IOperationObserver observer, int jobs, string? otherImage) : IBackupPartCheck
{
    /// <inheritdoc/>
    public string Name => "PgBackRestRecovers";

    /// <inheritdoc/>
    public string? WhyNotAsked(Backup backup) => backup.Manifest?.PgBackRest switch
    {
        null => "The set is of no backup of pgBackRest.",
        { SnapshotLsn: null } => "LettaDr did not make this backup, and knows nothing to compare a restore of it with.",
        _ => null,
    };

    /// <inheritdoc/>
    public async Task<string> ProveAsync(Backup backup, CancellationToken cancellationToken)
    {
        var part = backup.Manifest!.PgBackRest!;
        if (part.Container is null)
        {
            throw new LettaDrException(
                "EngineNotLocal", FaultKind.NotInstalled, $"The database of {backup.Id} was not in this machine's Docker, and there is no container to take pgBackRest's configuration from.",
                "Test its restore with pgBackRest itself, on another machine (RESTORE.txt in the set tells how).", backup.Id);
        }

        var inventory = ClusterSet.ReadInventory(repository, backup, PgBackRestPart.InventoryFileName);
        var meter = new ProgressMeter(observer, $"Testing {backup.Id}");
        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var image = await RecordedImage.FindAsync(
            engine, otherImage ?? part.Image, otherImage is null ? part.ImageDigest : null, "name another with the same PostgreSQL and pgBackRest by -Image", cancellationToken).ConfigureAwait(false);
        using var exchange = RecoveryExchange.Create(engine);
        await using var scratch = await PgBackRestScratch.StartAsync(engine, part, image, exchange.Volume, cancellationToken).ConfigureAwait(false);
        await scratch.RestoreAsync(meter, cancellationToken).ConfigureAwait(false);
        await using var recovery = new ClusterRecovery(scratch.Container, exchange, repository, meter, scratch.Place);
        await recovery.RecoverAsync(
            await scratch.LogAsync(cancellationToken).ConfigureAwait(false), new RecoveryStop(part.SnapshotLsn!.Value, Inclusive: false, null),
            ClusterSet.Roles(inventory), cancellationToken).ConfigureAwait(false);
        var differences = await recovery.CompareAsync(inventory, part.Database, jobs, cancellationToken).ConfigureAwait(false);
        return differences.Count == 0
            ? $"{inventory.Tables.Count} of {inventory.Tables.Count} tables identical, {part.Rows} rows, {inventory.Objects.Count} objects, after pgBackRest restored {part.BackupLabel} and its log was replayed to {part.SnapshotLsn} on {image}."
            : throw new LettaDrException(
                "ClusterNotIdentical", FaultKind.DataCorrupt,
                $"Restored by pgBackRest and recovered to {part.SnapshotLsn}, the cluster is not what the set says, in {differences.Count} point(s): {string.Join("; ", differences.Take(5))}.",
                "Use another set (Get-LettaBackup lists them).", backup.Id);
    }
}
