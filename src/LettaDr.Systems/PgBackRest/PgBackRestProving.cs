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
        var origin = await engine.DescribeAsync(part.Container, cancellationToken).ConfigureAwait(false);
        await using var container = await PgBackRestContainer.StartAsync(engine, origin, image, [exchange.Volume], cancellationToken).ConfigureAwait(false);
        meter.Stage("pgBackRest lays the backup out", part.Bytes);
        await container.LayAsync(part, container.Place, without: null, meter, cancellationToken).ConfigureAwait(false);
        await using var recovery = new ClusterRecovery(container.Scratch, exchange, repository, meter, container.Place);
        await recovery.RecoverAsync(
            await LogAsync(container, part, cancellationToken).ConfigureAwait(false), new RecoveryStop(part.SnapshotLsn!.Value, Inclusive: false, null),
            ClusterSet.Roles(inventory), cancellationToken).ConfigureAwait(false);
        var differences = await recovery.CompareAsync(inventory, part.Database, jobs, cancellationToken).ConfigureAwait(false);
        return differences.Count == 0
            ? $"{inventory.Tables.Count} of {inventory.Tables.Count} tables identical, {part.Rows} rows, {inventory.Objects.Count} objects, after pgBackRest restored {part.BackupLabel} and its log was replayed to {part.SnapshotLsn} on {image}."
            : throw new LettaDrException(
                "ClusterNotIdentical", FaultKind.DataCorrupt,
                $"Restored by pgBackRest and recovered to {part.SnapshotLsn}, the cluster is not what the set says, in {differences.Count} point(s): {string.Join("; ", differences.Take(5))}.",
                "Use another set (Get-LettaBackup lists them).", backup.Id);
    }

    /// <summary>The archived log from the backup's beginning to the position of its fingerprints, fetched by pgBackRest as it is needed.</summary>
    private static async Task<RecoveryLog> LogAsync(PgBackRestContainer container, PgBackRestPart part, CancellationToken cancellationToken)
    {
        var directory = container.Place.Directory;
        var control = await container.Scratch.ShellAsync(
            "LC_ALL=C pg_controldata -D \"$1\"", [directory], container.Place.User, cancellationToken).ConfigureAwait(false);
        var size = ControlData.SegmentSize(control);
        var last = WalSegment.At(part.Timeline, new Lsn(part.ThroughLsn!.Value.Value - 1), size);
        var names = new List<string>();
        for (var segment = WalSegment.At(part.Timeline, part.StartLsn!.Value, size); segment.Number <= last.Number; segment = segment with { Number = segment.Number + 1 })
        {
            names.Add(segment.Name);
        }

        return new RecoveryLog(
            names, size, new Dictionary<string, string>(), name => container.FetchAsync(part.Stanza, directory, name, cancellationToken).GetAwaiter().GetResult());
    }
}
