namespace LettaDr.Systems;

/// <summary>A deployment's PostgreSQL server in Docker, whose whole cluster is recovered to another moment.</summary>
internal sealed class ClusterTarget : IClusterTarget
{
    private readonly DockerEngine _engine;
    private readonly IBackupRepository? _repository;
    private readonly ProgressMeter _meter;
    private readonly IOperationObserver _observer;
    private readonly ClusterStarter _starter;
    private readonly int _ahead;
    private readonly StanzaRecovery? _stanza;
    private ClusterInspection? _inspection;
    private RecoveryExchange? _exchange;
    private ScratchContainer? _worker;
    private ClusterFolder? _folder;
    private ClusterRecovery? _recovery;
    private Task _flushing = Task.CompletedTask;
    private IReadOnlyList<TimelineHistory>? _histories;
    private string _image = string.Empty;
    private string _operationId = string.Empty;
    private string? _systemIdentifier;

    private ClusterTarget(DockerEngine engine, DatabaseEndpoint database, IBackupRepository? repository, IOperationObserver observer, int ahead, StanzaRecovery? stanza)
    {
        (_engine, _repository, _observer, _ahead, _stanza) = (engine, repository, observer, ahead, stanza);
        _meter = new ProgressMeter(observer, $"Recovering the cluster in container {database.Container!.Name}");
        _starter = new ClusterStarter(engine, database);
    }

    /// <inheritdoc/>
    public string Server => _starter.Endpoint.Container!.Name;

    /// <summary>The folder in which files are exchanged; there once it has begun.</summary>
    public ClusterFolder Folder => _folder!;

    /// <summary>Connects to the engine that runs the deployment's server.</summary>
    /// <exception cref="LettaDrException">The server is not in this machine's Docker, or its container does not exist.</exception>
    public static Task<ClusterTarget> OpenAsync(
        LettaDeployment deployment, IBackupRepository? repository, IOperationObserver observer, CancellationToken cancellationToken) =>
        OpenAsync(deployment, repository, observer, WalFeed.DefaultAhead, null, cancellationToken);

    /// <summary>Connects, with so many segments fetched before the recovering server asks for them.</summary>
    public static Task<ClusterTarget> OpenAsync(
        LettaDeployment deployment, IBackupRepository? repository, IOperationObserver observer, int ahead, CancellationToken cancellationToken) =>
        OpenAsync(deployment, repository, observer, ahead, null, cancellationToken);

    /// <summary>Connects; what is recovered comes from a stanza of pgBackRest, if one is given.</summary>
    public static Task<ClusterTarget> OpenAsync(
        LettaDeployment deployment, IBackupRepository? repository, IOperationObserver observer, StanzaRecovery? stanza, CancellationToken cancellationToken) =>
        OpenAsync(deployment, repository, observer, WalFeed.DefaultAhead, stanza, cancellationToken);

    /// <inheritdoc/>
    public async Task<ClusterProfile> InspectAsync(CancellationToken cancellationToken)
    {
        _inspection = await ClusterInspection.RunAsync(_engine, _starter.Endpoint, cancellationToken).ConfigureAwait(false);
        return _inspection.Profile;
    }

    /// <inheritdoc/>
    public async Task<string?> BeginAsync(string operationId, Backup? backup, CancellationToken cancellationToken)
    {
        _operationId = operationId;
        var container = _inspection!.Details.Container;
        _image = backup is null ? container.ImageDigest ?? container.Image! : await ClusterImage.FindAsync(_engine, backup, null, cancellationToken).ConfigureAwait(false);
        if (backup is not null && ClusterImage.Recorded(backup).Digest is { } copied && copied != container.ImageDigest)
        {
            _observer.Warning($"The copy was made of the image {copied}, and container {container.Name} runs {container.ImageDigest}: where their C libraries differ, indexes on text have to be built anew (Test-LettaConsistency tells).");
        }

        _exchange = RecoveryExchange.Create(_engine);
        var name = "lettadr-cluster-restore-" + container.Id![..12];
        try
        {
            // Of what else the server's container mounts, an archive or a repository above all, nothing is to be changed.
            var data = ContainerVolumes.Holding(_inspection.Volumes, _inspection.Profile.Directory);
            var volumes = _inspection.Volumes.Select(volume => volume == data ? volume : volume with { ReadOnly = true });
            _worker = await ScratchContainer.StartAsync(_engine, _image, name, [.. volumes, _exchange.Volume], cancellationToken).ConfigureAwait(false);
        }
        catch (LettaDrException taken) when (taken.Id == "DockerConflict")
        {
            throw new LettaDrException(
                "ClusterRestoreRunning", FaultKind.Busy, $"Another restore works on the files of the server in container {container.Name}.",
                $"Wait until it has ended; if it died on another machine, remove its container {name}.", container.Name, taken);
        }

        await _worker.ShellAsync("mkdir -p \"$1\"", [_inspection.Profile.Directory], null, cancellationToken).ConfigureAwait(false);
        _folder = new ClusterFolder(_worker, _inspection.Profile.Directory);
        return await RecoverLeftoverAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task LayAsync(RecoveryPlan plan, ClusterMark mark, CancellationToken cancellationToken)
    {
        _systemIdentifier = plan.Part.SystemIdentifier;
        var owner = await PrepareAsync(mark, cancellationToken).ConfigureAwait(false);
        var place = new ClusterPlace(_folder!.Scratch, _folder.Staged, owner);
        _recovery = new ClusterRecovery(_worker!, _exchange!, _repository!, _meter, place) { Ahead = _ahead };
        if (_stanza is null)
        {
            await _recovery.LayAsync(plan.Chain, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await _stanza.LayAsync(plan, _image, place, _meter, cancellationToken).ConfigureAwait(false);
            await ClusterMaterial.CleanAsync(_worker!, place.Directory, place.User, cancellationToken).ConfigureAwait(false);
        }

        // The disk works while processors replay and compare; what is left to be flushed at the end is little.
        _flushing = _folder.FlushAsync(cancellationToken);
    }

    /// <summary>Makes the folder for the exchange; the owner of the server's files, by numbers.</summary>
    public Task<string> PrepareAsync(ClusterMark mark, CancellationToken cancellationToken) => _folder!.PrepareAsync(
        _operationId, _inspection!.Profile.IsRunning,
        System.Text.Json.JsonSerializer.Serialize(mark, LettaDrJson.Default.ClusterMark), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<InventoryDifference>> CompareSnapshotAsync(RecoveryPlan plan, int jobs, CancellationToken cancellationToken)
    {
        var inventory = ReadInventory(plan)!;
        await ReplayAsync(plan, new RecoveryStop(plan.Part.SnapshotLsn, Inclusive: false, plan.Timeline), cancellationToken).ConfigureAwait(false);
        return await _recovery!.CompareAsync(inventory, plan.Part.Database, jobs, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<RecoveredPoint> RecoverAsync(RecoveryPlan plan, CancellationToken cancellationToken)
    {
        await ReplayAsync(plan, new RecoveryStop(plan.Stop, plan.Inclusive, plan.Timeline), cancellationToken).ConfigureAwait(false);
        var (lsn, last) = await _recovery!.Server.ReachedAsync(cancellationToken).ConfigureAwait(false);
        return new RecoveredPoint(lsn, last ?? plan.LastCommit);
    }

    /// <inheritdoc/>
    public async Task<string> ReadEverythingAsync(RecoveryPlan plan, CancellationToken cancellationToken)
    {
        await using var session = new ConsistencySession(_recovery!.Server.Endpoint(plan.Part.Database), null, _meter);
        await session.BeginAsync(cancellationToken).ConfigureAwait(false);
        var check = await new TablesReadableCheck().RunAsync(session, cancellationToken).ConfigureAwait(false);
        await session.EndAsync().ConfigureAwait(false);
        return check.Outcome == Outcome.Passed ? check.Evidence : throw new LettaDrException(
            "RecoveredTablesUnreadable", FaultKind.DataCorrupt, $"What was recovered cannot be read: {check.Evidence}",
            "The live cluster was not touched. Use another set or moment.", plan.Backup.Id);
    }

    /// <inheritdoc/>
    public Task<LossWindow> MeasureLossAsync(RecoveryPlan plan, RecoveredPoint point, CancellationToken cancellationToken) =>
        LossMeasuring.CompareAsync(
            plan.Loss with { From = point.LastCommit ?? plan.Part.SnapshotTime }, _recovery!.Server.Endpoint(plan.Part.Database),
            IsSameCluster ? _starter.Endpoint with { Database = plan.Part.Database } : null, _observer, cancellationToken);

    /// <summary>What the log and the live database tell of the loss before anything has been recovered.</summary>
    public Task<LossWindow> EstimateLossAsync(RecoveryPlan plan, CancellationToken cancellationToken)
    {
        _systemIdentifier = plan.Part.SystemIdentifier;
        return IsSameCluster
            ? LossMeasuring.EstimateAsync(
                plan.Loss, plan.LastCommit ?? plan.Part.SnapshotTime, _starter.Endpoint with { Database = plan.Part.Database }, cancellationToken)
            : Task.FromResult(plan.Loss);
    }

    /// <inheritdoc/>
    public async Task<uint> PromoteAsync(CancellationToken cancellationToken)
    {
        _meter.Stage("Promoting");
        var timeline = await _recovery!.Server.PromoteAsync(cancellationToken).ConfigureAwait(false);
        await _recovery.Server.StopAsync(cancellationToken).ConfigureAwait(false);
        await _flushing.ConfigureAwait(false);
        await _folder!.FlushAsync(cancellationToken).ConfigureAwait(false);
        return timeline;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => _starter.StopAsync(cancellationToken);

    /// <inheritdoc/>
    public Task SwapAsync(CancellationToken cancellationToken) => _folder!.SwapAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await _starter.StartAsync(_systemIdentifier, cancellationToken).ConfigureAwait(false) is { } warning)
        {
            _observer.Warning(warning);
        }
    }

    /// <inheritdoc/>
    public async Task<string?> KeepAsync(bool discardPrevious, CancellationToken cancellationToken) =>
        await _folder!.KeepAsync(_operationId, "before", discardPrevious, cancellationToken).ConfigureAwait(false) is { } path
            ? $"{path} in container {_inspection!.Profile.Container}" : null;

    /// <inheritdoc/>
    public Task<string> SeeArchivedAsync(CancellationToken cancellationToken) => _stanza!.SeeArchivedAsync(_starter.Endpoint, cancellationToken);

    /// <inheritdoc/>
    public async Task PutBackAsync(CancellationToken cancellationToken)
    {
        if (_recovery is not null)
        {
            await _recovery.DisposeAsync().ConfigureAwait(false);
        }

        if (_folder is null || await _folder.FindAsync(cancellationToken).ConfigureAwait(false) is not { } left)
        {
            return;
        }

        if (left.Moving)
        {
            await _starter.StopAsync(cancellationToken).ConfigureAwait(false);
        }

        if (await _folder.PutBackAsync(cancellationToken).ConfigureAwait(false) is { } kept)
        {
            _observer.Warning($"The server had been started on what was recovered, or may have been: it is kept in {kept} of container {Server}. Remove it if nobody has written to it.");
        }

        if (left.Ran)
        {
            await _starter.StartAsync(null, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_recovery is not null)
        {
            await _recovery.DisposeAsync().ConfigureAwait(false);
        }

        if (_worker is not null)
        {
            await _worker.DisposeAsync().ConfigureAwait(false);
        }

        await _flushing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _exchange?.Dispose();
        _engine.Dispose();
    }

    private static async Task<ClusterTarget> OpenAsync(
        LettaDeployment deployment, IBackupRepository? repository, IOperationObserver observer, int ahead, StanzaRecovery? stanza, CancellationToken cancellationToken)
    {
        ClusterInspection.RequireContainer(deployment.Database);
        return new ClusterTarget(
            await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false), deployment.Database, repository, observer, ahead, stanza);
    }

    /// <summary>Whether the live server's rows are later ones of the same cluster, so that a comparison tells what was lost.</summary>
    private bool IsSameCluster => _inspection!.Profile is { IsRunning: true, SystemIdentifier: { } live } && live == _systemIdentifier;

    /// <summary>What the plan's set knows of its database; null for a backup that LettaDr did not make.</summary>
    private DatabaseInventory? ReadInventory(RecoveryPlan plan) => plan.IsProvable
        ? ClusterSet.ReadInventory(_repository!, plan.Backup, _stanza is null ? ClusterPart.InventoryFileName : PgBackRestPart.InventoryFileName)
        : null;

    private async Task ReplayAsync(RecoveryPlan plan, RecoveryStop stop, CancellationToken cancellationToken)
    {
        // The timeline that is begun at the end must be none that the live server has had, though nothing of that one was kept.
        _histories ??= await _folder!.HistoriesAsync(cancellationToken).ConfigureAwait(false);
        var later = _histories.Where(history => history.Timeline > plan.History.Timeline && plan.Histories.All(known => known.Timeline != history.Timeline));
        var log = RecoveryLog.Of(plan.Log, plan.Files, plan.Histories.Concat(later), plan.Part.WalSegmentSize);
        IReadOnlyList<string> roles = ReadInventory(plan) is { } inventory ? ClusterSet.Roles(inventory) : [_starter.Endpoint.UserName];
        await _recovery!.RecoverAsync(log, stop, roles, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string?> RecoverLeftoverAsync(CancellationToken cancellationToken)
    {
        if (await _folder!.FindAsync(cancellationToken).ConfigureAwait(false) is not { } left)
        {
            return null;
        }

        if (left is { Moving: true, Swapped: true } && _inspection!.Profile.IsRunning)
        {
            // It died after the server had started again, and clients have gone on since: what runs stays.
            var kept = await _folder.KeepAsync(left.OperationId, "before", discard: false, cancellationToken).ConfigureAwait(false);
            return $"The restore {left.OperationId} died after it had exchanged the files of the server; those from before it are kept in {kept ?? "no place, as there were none"}.";
        }

        await PutBackAsync(cancellationToken).ConfigureAwait(false);
        await InspectAsync(cancellationToken).ConfigureAwait(false);
        return $"The restore {left.OperationId} died; "
            + (left.Moving ? "the previous files of the server were put back" : "its unfinished files were removed") + (left.Ran ? ", and the server runs." : ".");
    }
}
