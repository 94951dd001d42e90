namespace LettaDr;

/// <summary>The whole cluster, copied physically, as a part of a set; with the proof that a recovery of the copy is compared with.</summary>
internal sealed class ClusterBackup(BackupRequest request, IBackupRepository repository, Func<IClusterSource> openSource) : IBackupPart
{
    /// <summary>The stage that fixes the moment, as journals name it.</summary>
    public const string SnapshotStage = "Find the log's position of a snapshot";

    private IClusterSource? _source;
    private ClusterState? _state;
    private Backup? _parent;

    /// <summary>Makes a set of the cluster alone.</summary>
    public static async Task<Backup> RunAsync(
        BackupMaking making, IBackupRepository repository, BackupRequest request, Func<IClusterSource> openSource, CancellationToken cancellationToken)
    {
        await using var part = new ClusterBackup(request, repository, openSource);
        return await making.RunAsync(new SetRequest(request.Deployment, request.Label), [part], cancellationToken).ConfigureAwait(false);
    }

    public bool ShowsProgress => true;

    private BaseBackupType Type => request.Physical ?? BaseBackupType.Full;

    /// <inheritdoc/>
    public Task CaptureAsync(BackupDraft draft, CancellationToken cancellationToken) => draft.Recorder.StepAsync("Hold the log back", async () =>
    {
        draft.Meter.Stage("Looking at the cluster");
        _source = openSource();
        _state = await _source.BeginAsync(Type, cancellationToken).ConfigureAwait(false);
        ClusterIdentity.Check(repository, request, _state.SystemIdentifier);
        _parent = Type == BaseBackupType.Full ? null : ClusterParent.Choose(repository, request, _state);
        return $"cluster {_state.SystemIdentifier}, PostgreSQL {_state.ServerVersion}, timeline {_state.Timeline}"
            + (_parent is null ? string.Empty : $"; what changed since {_parent.Id}");
    });

    /// <inheritdoc/>
    public async Task CopyAsync(BackupDraft draft, CancellationToken cancellationToken)
    {
        var (source, state) = (_source!, _state!);
        ClusterManifest manifest = null!;
        await draft.Recorder.StepAsync("Copy the cluster's files", async step =>
        {
            manifest = await CopyFilesAsync(draft, step, cancellationToken).ConfigureAwait(false);
            return $"{manifest.Files.Count} files, log from {manifest.StartLsn} to {manifest.EndLsn}";
        }).ConfigureAwait(false);

        ClusterSnapshot snapshot = null!;
        await draft.Recorder.StepAsync(SnapshotStage, async () =>
        {
            draft.Meter.Stage("Taking the snapshot");
            snapshot = await source.SnapshotAsync(manifest.Timeline, manifest.StartLsn, cancellationToken).ConfigureAwait(false);
            return $"{snapshot.Inventory.Tables.Count} tables at {snapshot.Position}, in {snapshot.Attempts} attempt(s)";
        }).ConfigureAwait(false);

        await using var database = snapshot.Source;
        await draft.Recorder.StepAsync("Copy the log", async () =>
        {
            draft.Meter.Stage("Copying the log");
            await source.CopyLogAsync(
                manifest.Timeline, manifest.StartLsn, snapshot.Through, name => draft.Set.OpenWrite($"{ClusterPart.WalFolder}{name}.zst"),
                cancellationToken).ConfigureAwait(false);
            return $"from {manifest.StartLsn} to {snapshot.Through}";
        }).ConfigureAwait(false);

        // What is in the set needs the server's log no longer.
        await source.DisposeAsync().ConfigureAwait(false);
        DatabaseInventory inventory = null!;
        await draft.Recorder.StepAsync("Fingerprint every table", async step =>
        {
            inventory = await InventoryFingerprinter.ReadRowsAsync(
                database, snapshot.Inventory, request.Jobs, draft.Meter, "Fingerprinting every table", cancellationToken).ConfigureAwait(false);
            step.Bytes = inventory.Tables.Sum(table => table.Bytes);
            return $"{inventory.Tables.Sum(table => table.Fingerprint!.Value.Rows)} rows";
        }).ConfigureAwait(false);
        draft.WriteText(ClusterPart.InventoryFileName, ManifestSerializer.WriteInventory(inventory));
        var described = Describe(state, manifest, snapshot, inventory);
        draft.Describe(set => set with { Cluster = described });
        draft.AddInstructions(ClusterInstructions.Write(described, [.. draft.Set.Files.Select(file => file.Name)]));
        foreach (var omission in inventory.Omissions)
        {
            draft.Warn(omission);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<ClusterManifest> CopyFilesAsync(BackupDraft draft, StepContext step, CancellationToken cancellationToken)
    {
        // How much an incremental copy is, nobody knows before it has been made.
        draft.Meter.Stage("Copying the cluster's files", _parent is null ? _state!.Bytes : 0);
        var written = await _source!.CopyAsync(
            _parent is null ? null : () => repository.OpenContent(_parent, ClusterParent.ManifestFileOf(_parent)),
            request.CompressionLevel, request.Jobs, draft.Set, draft.Meter.Add, cancellationToken).ConfigureAwait(false);
        draft.WriteText(ClusterPart.ManifestFileName, written);
        var manifest = ClusterManifest.Read(written, draft.Id);
        step.Bytes = manifest.Files.Sum(file => file.Size);
        return manifest;
    }

    private ClusterPart Describe(ClusterState state, ClusterManifest manifest, ClusterSnapshot snapshot, DatabaseInventory inventory) => new()
    {
        Type = Type,
        ParentId = _parent?.Id,
        SnapshotTime = inventory.SnapshotTime,
        StartLsn = manifest.StartLsn,
        EndLsn = manifest.EndLsn,
        SnapshotLsn = snapshot.Position,
        Timeline = manifest.Timeline,
        WalSegmentSize = state.SegmentSize,
        SystemIdentifier = state.SystemIdentifier,
        Database = inventory.Database.Name,
        ServerVersion = state.ServerVersion,
        Image = request.Deployment.Database.Container?.Image,
        ImageDigest = request.Deployment.Database.Container?.ImageDigest,
        Tables = inventory.Tables.Count,
        Rows = inventory.Tables.Sum(table => table.Fingerprint!.Value.Rows),
        Bytes = state.Bytes > 0 ? state.Bytes : manifest.Files.Sum(file => file.Size),
    };
}
