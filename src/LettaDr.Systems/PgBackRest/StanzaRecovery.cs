namespace LettaDr.Systems;

/// <summary>
/// What a recovery takes from a stanza of pgBackRest: its backups, its archived log, and the laying out of a backup. It is read in
/// throw-away containers of the database's own image, so that it is there though the server is not.
/// </summary>
internal sealed class StanzaRecovery : IAsyncDisposable
{
    private readonly DockerEngine _engine;
    private readonly ContainerDetails _origin;
    private readonly ContainerVolume? _data;
    private readonly IOperationObserver _observer;
    private PgBackRestContainer? _reader;
    private PgBackRestStanza? _stanza;
    private StanzaLog? _log;
    private IReadOnlyList<Backup> _backups = [];
    private int _segmentSize;

    private StanzaRecovery(DockerEngine engine, ContainerDetails origin, ContainerVolume? data, IOperationObserver observer) =>
        (_engine, _origin, _data, _observer) = (engine, origin, data, observer);

    /// <summary>Opens the stanza of a deployment, and lists what it holds.</summary>
    /// <param name="deployment">The deployment, whose container has pgBackRest and its configuration.</param>
    /// <param name="sets">LettaDr's sets of it.</param>
    /// <param name="stanza">The stanza; null for that of the newest set, or else the only one.</param>
    /// <param name="only">The one backup to recover; null to choose among all.</param>
    /// <param name="observer">Is told how far it is.</param>
    /// <param name="cancellationToken">Stops it, and later reading of the log.</param>
    /// <exception cref="LettaDrException">No pgBackRest, no such stanza, a repository out of reach, or nothing in it.</exception>
    public static async Task<StanzaRecovery> OpenAsync(
        LettaDeployment deployment, IReadOnlyList<Backup> sets, string? stanza, Backup? only, IOperationObserver observer, CancellationToken cancellationToken)
    {
        ClusterInspection.RequireContainer(deployment.Database);
        var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var (data, volumes, details) = await ClusterInspection.DataAsync(engine, deployment.Database, cancellationToken).ConfigureAwait(false);
            var recovery = new StanzaRecovery(engine, details, ContainerVolumes.Holding(volumes, data), observer);
            try
            {
                await recovery.ReadAsync(deployment, sets, stanza, only, data, cancellationToken).ConfigureAwait(false);
                return recovery;
            }
            catch
            {
                await recovery.DisposeReaderAsync().ConfigureAwait(false);
                throw;
            }
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    /// <summary>Plans a recovery to a moment.</summary>
    /// <exception cref="LettaDrException">The moment cannot be recovered; the sentence tells what can.</exception>
    public async Task<RecoveryPlan> PlanAsync(RecoveryTarget target, uint? timeline, CancellationToken cancellationToken)
    {
        if (PartialEnd.Describe(_log!, _log!.Partials, timeline) is { } partial)
        {
            _observer.Warning(partial);
        }

        var plan = new RecoveryPlanner(new StanzaBases(_stanza!.Name, _backups, _log!, _segmentSize)).Plan(target, timeline, cancellationToken);
        if (target.IsLatest && _reader!.Program.Unread(_stanza) is { } unread)
        {
            // The repository that fails may hold what is later.
            throw PgBackRestFaults.RepositoryFails(
                _stanza.Name, $"{unread} What the others hold leads from {plan.Window}.",
                $"Or take that for the latest: -Lsn {plan.Window.LatestLsn} instead of -Latest. Nothing was replaced.");
        }

        await RequireNoTablespacesAsync(plan.Backup, cancellationToken).ConfigureAwait(false);
        return plan;
    }

    /// <summary>Plans a recovery of the only backup to the position of its fingerprints, or to its end where it has none.</summary>
    public Task<RecoveryPlan> PlanAsync(CancellationToken cancellationToken)
    {
        var part = _backups[0].Manifest!.PgBackRest!;
        return PlanAsync(RecoveryTarget.At(part.SnapshotLsn ?? part.EndLsn ?? default), part.Timeline, cancellationToken);
    }

    /// <summary>Has pgBackRest lay the plan's backup out.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="image">The image that it is recovered with.</param>
    /// <param name="place">Where, on the server's own volume.</param>
    /// <param name="meter">Shows how far it is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task LayAsync(RecoveryPlan plan, string image, ClusterPlace place, ProgressMeter meter, CancellationToken cancellationToken)
    {
        meter.Stage("pgBackRest lays the copy out", plan.Part.Bytes);
        await using var container = await PgBackRestContainer.StartAsync(_engine, _origin, image, [_data!], cancellationToken).ConfigureAwait(false);
        await container.LayAsync(plan.Backup.Manifest!.PgBackRest!, place, without: null, meter, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sees whether a server archives to the stanza. That it does not is told, and fails nothing: the restore is over.</summary>
    /// <returns>What was seen, in a sentence.</returns>
    public async Task<string> SeeArchivedAsync(DatabaseEndpoint server, CancellationToken cancellationToken)
    {
        try
        {
            using var place = await PgBackRestPlace.OpenAsync(server, cancellationToken).ConfigureAwait(false);
            await new PgBackRestProgram(place.Host).CheckAsync(_stanza!.Name, cancellationToken).ConfigureAwait(false);
            return "pgbackrest check is content: the server archives on its new timeline";
        }
        catch (LettaDrException silent)
        {
            _observer.Warning(
                $"The server runs on what was recovered, and its log does not reach the stanza: {silent.Message} "
                + $"Until it does, nothing that is written from now on can be recovered. {silent.Remedy}");
            return $"it is not: {silent.Message}";
        }
        catch (OperationCanceledException)
        {
            return "nobody waited for it";
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await DisposeReaderAsync().ConfigureAwait(false);
        _engine.Dispose();
    }

    private ValueTask DisposeReaderAsync() => _reader?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task ReadAsync(
        LettaDeployment deployment, IReadOnlyList<Backup> sets, string? stanza, Backup? only, string data, CancellationToken cancellationToken)
    {
        _reader = await PgBackRestContainer.StartAsync(
            _engine, _origin, _origin.Container.ImageDigest ?? _origin.Container.Image!, _data is null ? [] : [_data with { ReadOnly = true }], cancellationToken).ConfigureAwait(false);
        await _reader.Program.VersionAsync(cancellationToken).ConfigureAwait(false);
        var name = stanza ?? (only ?? sets.Where(set => set.Manifest?.PgBackRest is not null).MaxBy(set => set.SnapshotTime))?.Manifest!.PgBackRest!.Stanza;
        _stanza = await _reader.Program.FindStanzaAsync(name, null, cancellationToken).ConfigureAwait(false);
        _reader.Program.RequireReadable(_stanza);
        if (_reader.Program.Unread(_stanza) is { } unread)
        {
            _observer.Warning($"{unread} Backups and log that only that repository holds are not seen.");
        }

        _backups = PgBackRestCatalog.List(_stanza, deployment, only is null ? sets : [only]);
        if (only is not null)
        {
            _backups = [_backups.FirstOrDefault(backup => backup.Id == only.Id && backup.State == BackupState.Complete) ?? throw Gone(only)];
        }

        var system = only?.Manifest!.PgBackRest!.SystemIdentifier ?? _stanza.SystemIdentifier ?? string.Empty;
        var (directory, control) = await ClusterOfAsync(system, data, cancellationToken).ConfigureAwait(false);
        _segmentSize = ControlData.SegmentSize(control);
        _log = await StanzaLog.ReadAsync(_reader, _stanza, system, directory, _segmentSize, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// A folder of the cluster, and what pg_controldata prints of it: pgBackRest gives its log only to that. The server's own, or else,
    /// when that is lost, the newest backup without the rows of its database.
    /// </summary>
    private async Task<(string Directory, string Control)> ClusterOfAsync(string systemIdentifier, string data, CancellationToken cancellationToken)
    {
        var (result, control) = await _reader!.Scratch.TryShellAsync(
            "LC_ALL=C pg_controldata -D \"$1\"", [data], _reader.Place.User, cancellationToken).ConfigureAwait(false);
        if (result.ExitCode == 0 && ControlData.Find(control, "Database system identifier") == systemIdentifier)
        {
            return (data, control);
        }

        var newest = _backups.FirstOrDefault(backup => backup.State == BackupState.Complete && backup.Manifest!.PgBackRest!.SystemIdentifier == systemIdentifier)
            ?? throw new LettaDrException(
                "BaseBackupMissing", FaultKind.NotFound, $"Stanza {_stanza!.Name} lists no backup to recover cluster {systemIdentifier} from.",
                "Make one with Backup-LettaDatabase -Engine PgBackRest -Type Base; until then, Restore-LettaDatabase restores a logical set.", _stanza.Name);
        var part = newest.Manifest!.PgBackRest!;
        var meter = new ProgressMeter(_observer, $"Reading stanza {_stanza!.Name}");
        meter.Stage("Laying out what pgBackRest asks for");
        try
        {
            await _reader.LayAsync(part, _reader.Place, without: part.Database, meter, cancellationToken).ConfigureAwait(false);
        }
        catch (LettaDrException other) when (other.Id == PgBackRestFaults.DatabaseNotInBackup)
        {
            // One that others made, of a cluster whose database is called otherwise.
            await _reader.LayAsync(part, _reader.Place, without: null, meter, cancellationToken).ConfigureAwait(false);
        }

        return (_reader.Place.Directory, await _reader.Scratch.ShellAsync(
            "LC_ALL=C pg_controldata -D \"$1\"", [_reader.Place.Directory], _reader.Place.User, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Inside the data directory, where an exchange could reach them, pgBackRest itself would back them up no more.</summary>
    private async Task RequireNoTablespacesAsync(Backup backup, CancellationToken cancellationToken)
    {
        var part = backup.Manifest!.PgBackRest!;
        if (await _reader!.Program.TablespacesAsync(part, cancellationToken).ConfigureAwait(false) is { Count: > 0 } places)
        {
            throw new LettaDrException(
                "TablespacesElsewhere", FaultKind.Incompatible,
                $"The backup {part} has tablespaces outside of the data directory ({string.Join(", ", places)}), which cannot be exchanged together with it.",
                "Restore it with pgBackRest itself: stop the server, and run 'pgbackrest restore' with --delta and its target (about_LettaDrPgBackRest).", backup.Id);
        }
    }

    private static LettaDrException Gone(Backup set) => new(
        "BackupNotUsable", FaultKind.DataCorrupt,
        $"The set {set.Id} cannot be restored: pgBackRest does not list the backup {set.Manifest!.PgBackRest!.BackupLabel} as whole: it has expired, or its repository is out of reach.",
        "Use another set (Get-LettaBackup -Engine PgBackRest lists them).", set.Id);
}
