namespace LettaDr.Systems;

/// <summary>
/// The whole cluster, backed up by pgBackRest, as a part of a set; with the proof that a recovery of it is compared with. The data stay in
/// pgBackRest's own repository.
/// </summary>
internal sealed class PgBackRestBackupPart(
    BackupRequest request, PgBackRestRequest asked, IBackupRepository repository, PgBackRestProgram program, Func<IClusterSource> openSource) : IBackupPart
{
    private IClusterSource? _source;
    private ClusterState _state = null!;
    private PgBackRestStanza _stanza = null!;

    /// <summary>Makes a set of the cluster alone.</summary>
    public static async Task<Backup> RunAsync(
        BackupMaking making, BackupRequest request, PgBackRestRequest asked, IBackupRepository repository, PgBackRestProgram program,
        Func<IClusterSource> openSource, CancellationToken cancellationToken)
    {
        await using var part = new PgBackRestBackupPart(request, asked, repository, program, openSource);
        return await making.RunAsync(new SetRequest(request.Deployment, request.Label), [part], cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public bool ShowsProgress => true;

    /// <inheritdoc/>
    public Task CaptureAsync(BackupDraft draft, CancellationToken cancellationToken) => draft.Recorder.StepAsync("Look at the stanza", async () =>
    {
        draft.Meter.Stage("Looking at the stanza");
        var version = await program.VersionAsync(cancellationToken).ConfigureAwait(false);
        _source = openSource();
        _state = await _source.BeginAsync(BaseBackupType.Full, cancellationToken).ConfigureAwait(false);
        ClusterIdentity.Check(repository, request, _state.SystemIdentifier);
        _stanza = await program.FindStanzaAsync(asked.Stanza, _state.SystemIdentifier, cancellationToken).ConfigureAwait(false);
        program.RequireWhole(_stanza);
        return $"stanza {_stanza.Name} of cluster {_state.SystemIdentifier}, {_stanza.Backups.Count} backups; pgBackRest {version}, PostgreSQL {_state.ServerVersion}";
    });

    /// <inheritdoc/>
    public async Task CopyAsync(BackupDraft draft, CancellationToken cancellationToken)
    {
        var source = _source!;
        PgBackRestBackup backup = null!;
        await draft.Recorder.StepAsync("Back up by pgBackRest", async step =>
        {
            // How much changed, nobody knows before it has been copied.
            draft.Meter.Stage("pgBackRest copies the cluster", asked.Type == PgBackRestBackupType.Full ? _state.Bytes : 0);
            backup = await BackUpAsync(draft, step, cancellationToken).ConfigureAwait(false);
            return $"{backup.Label}, {ByteSize.Format(backup.RepositoryBytes)} in repository {backup.Repository}";
        }).ConfigureAwait(false);

        ClusterSnapshot snapshot = null!;
        await draft.Recorder.StepAsync(ClusterBackup.SnapshotStage, async () =>
        {
            draft.Meter.Stage("Taking the snapshot");
            snapshot = await source.SnapshotAsync(_state.Timeline, StartOf(backup), cancellationToken).ConfigureAwait(false);
            return $"{snapshot.Inventory.Tables.Count} tables at {snapshot.Position}";
        }).ConfigureAwait(false);

        await using var database = snapshot.Source;
        await source.DisposeAsync().ConfigureAwait(false);
        await draft.Recorder.StepAsync("See the log archived", async () =>
        {
            draft.Meter.Stage("Waiting until pgBackRest has the log");
            await program.CheckAsync(_stanza.Name, cancellationToken).ConfigureAwait(false);
            return $"through {snapshot.Through}";
        }).ConfigureAwait(false);

        DatabaseInventory inventory = null!;
        await draft.Recorder.StepAsync("Fingerprint every table", async step =>
        {
            inventory = await InventoryFingerprinter.ReadRowsAsync(
                database, snapshot.Inventory, request.Jobs, draft.Meter, "Fingerprinting every table", cancellationToken).ConfigureAwait(false);
            step.Bytes = inventory.Tables.Sum(table => table.Bytes);
            return $"{inventory.Tables.Sum(table => table.Fingerprint!.Value.Rows)} rows";
        }).ConfigureAwait(false);
        draft.WriteText(PgBackRestPart.InventoryFileName, ManifestSerializer.WriteInventory(inventory));
        var described = PgBackRestCatalog.Part(_stanza, request.Deployment, backup) with
        {
            SnapshotTime = inventory.SnapshotTime, SnapshotLsn = snapshot.Position, ThroughLsn = snapshot.Through, Timeline = _state.Timeline, ServerVersion = _state.ServerVersion,
            Tables = inventory.Tables.Count, Rows = inventory.Tables.Sum(table => table.Fingerprint!.Value.Rows),
        };
        draft.Describe(manifest => manifest with { PgBackRest = described });
        draft.AddInstructions(PgBackRestDescription.Instructions(described));
        foreach (var omission in inventory.Omissions)
        {
            draft.Warn(omission);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<PgBackRestBackup> BackUpAsync(BackupDraft draft, StepContext step, CancellationToken cancellationToken)
    {
        var (label, bytes, warnings) = await program.BackUpAsync(_stanza.Name, asked.Type, asked.Repository, draft.Meter, cancellationToken).ConfigureAwait(false);
        step.Bytes = bytes;
        foreach (var warning in warnings)
        {
            draft.Warn($"pgBackRest: {warning}");
        }

        var stanza = await program.FindStanzaAsync(_stanza.Name, _state.SystemIdentifier, cancellationToken).ConfigureAwait(false);
        return stanza.Backups.LastOrDefault(made => made.Label == label) ?? throw new LettaDrException(
            "PgBackRestFailed", FaultKind.OperationFailed, $"pgBackRest in {program.Place} made the backup {label}, and does not list it.",
            "See what 'pgbackrest info' says and whether it has been expired at once (repo1-retention-full).", label);
    }

    private LettaDrException TooOld(PgBackRestBackup backup) => new(
        "PgBackRestTooOld", FaultKind.Incompatible, $"pgBackRest in {program.Place} does not tell where in the log its backup {backup.Label} begins.",
        "Install pgBackRest 2.36 or later there. The backup is in its repository, but without a proof.", backup.Label);

    private Lsn StartOf(PgBackRestBackup backup) => backup.StartLsn ?? throw TooOld(backup);
}
