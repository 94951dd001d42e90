using System.Security.Cryptography;

namespace LettaDr.Systems;

/// <summary>A throw-away copy on a network that leads nowhere, restored from a set; removed with all that is in it when left.</summary>
internal sealed class DrTestCopy : IDrTestCopy
{
    private readonly DockerEngine _engine;
    private readonly DrTestCopyOptions _options;
    private readonly IOperationObserver _observer;
    private readonly SandboxInventory _inventory;
    private Backup? _set;
    private DrTestMembers? _members;
    private string? _folder;

    public DrTestCopy(DockerEngine engine, DrTestCopyOptions options, IOperationObserver observer)
    {
        (_engine, _options, _observer, _inventory) = (engine, options, observer, new SandboxInventory(engine));
        (_set, Journals) = (options.Set, JournalDirectory.Local);
        Repository = options.Repository is null || options.Set is null ? null! : new DrTestRepository(options.Repository, options.Set.Deployment);
        Request = options.Sandbox;
    }

    public string Name => Request.Name;

    public DatabaseInventory Expected { get; private set; } = null!;

    public IReadOnlyList<RecoveryComponent> Components => Members.Components;

    /// <summary>How its services are made.</summary>
    public SandboxRequest Request { get; private set; }

    /// <summary>Keeps the set that it is restored from.</summary>
    public IBackupRepository Repository { get; private set; }

    /// <summary>Where journals go: those of a stand-in are thrown away with it, for they tell nothing of a deployment.</summary>
    public IJournalStore Journals { get; private set; }

    public Backup Set => _set!;

    public DrTestMembers Members => _members ?? throw DrTestVerification.Failed($"The copy {Name} is not made yet.", "Make it first.");

    public DockerEngine Engine => _engine;

    /// <inheritdoc/>
    public async Task PrepareAsync(bool whole, DrTestRecorder recorder, CancellationToken cancellationToken)
    {
        await new DrTestSweep(_engine, _observer).RunAsync(cancellationToken).ConfigureAwait(false);
        if (_set is null)
        {
            await recorder.StepAsync("Make a stand-in and back it up", () => SeedAsync(cancellationToken)).ConfigureAwait(false);
        }

        Expected = DatabaseRestore.ReadInventory(Repository, Set);
        if (whole && _options.Set is not null)
        {
            await recorder.StepAsync("Restore a copy from the set", async () =>
            {
                await MakeEmptyAsync(cancellationToken).ConfigureAwait(false);
                var restored = await RestoreAsync(cancellationToken).ConfigureAwait(false);
                return $"Set {restored.BackupId}: {restored.Database?.TablesIdentical} of {restored.Database?.Tables} tables identical, {restored.Database?.Rows} rows.";
            }).ConfigureAwait(false);
        }
    }

    public async Task<IReadOnlyDictionary<string, string>> DescribeAsync(CancellationToken cancellationToken)
    {
        var facts = _members is null ? [] : await _members.DescribeAsync(cancellationToken).ConfigureAwait(false);
        facts["Data"] = _options.Set is { } set
            ? $"Restored from set {set.Id} of {set.Deployment}, taken {set.SnapshotTime:u}."
            : "Made-up rows: nothing of a deployment was used, and the test is no evidence for one.";
        facts["Database"] = $"{Expected.Tables.Count} tables, {Expected.Tables.Sum(table => table.Fingerprint?.Rows ?? 0)} rows, {ByteSize.Format(Expected.Tables.Sum(table => table.Bytes))}, revision {Expected.Database.AlembicRevision ?? "unknown"}";
        facts["Network"] = "Of its own; it leads to this machine and nowhere else.";
        facts["Letta server"] = _options.IsStandIn ? $"{Request.ServerImage}, which stands in for Letta" : Request.ServerImage;
        facts["Variables left blank"] = _options.Blanked.Count == 0 ? "none" : string.Join(", ", _options.Blanked);
        return facts;
    }

    public IAsyncEnumerable<CheckResult> TestAsync(CancellationToken cancellationToken) => Members.TestAsync(cancellationToken);

    public Task<IReadOnlyList<CheckResult>> TestConsistencyAsync(CancellationToken cancellationToken) => Members.TestConsistencyAsync(Expected, cancellationToken);

    public async Task<DatabaseInventory> FingerprintAsync(DatabaseInventory like, CancellationToken cancellationToken)
    {
        var current = await Members.CurrentAsync(cancellationToken).ConfigureAwait(false);
        using var database = await DeploymentDatabase.OpenAsync(current, OperationId.Next(), cancellationToken).ConfigureAwait(false);
        await using var source = database.OpenSource();
        return await InventoryFingerprinter.ReadAsync(source, like, _options.Jobs, new ProgressMeter(_observer, $"Comparing {Name}"), cancellationToken).ConfigureAwait(false);
    }

    public Task KillAsync(RecoveryComponent component, CancellationToken cancellationToken) => _engine.Containers.KillAsync(Members.Id(component), cancellationToken);

    public Task StartAsync(RecoveryComponent component, CancellationToken cancellationToken) => _engine.Containers.StartAsync(Members.Id(component), cancellationToken);

    public Task CutOffAsync(RecoveryComponent component, CancellationToken cancellationToken) =>
        _engine.Containers.DisconnectAsync(Network, Members.Id(component), cancellationToken);

    public Task RejoinAsync(RecoveryComponent component, CancellationToken cancellationToken) => _engine.Containers.ConnectAsync(
        Network, Members.Id(component), component == RecoveryComponent.Database ? SandboxStack.DatabaseAliases : [SandboxStack.CacheService], cancellationToken);

    public async Task LoseAsync(CancellationToken cancellationToken)
    {
        _members = null;
        try
        {
            await _inventory.RemoveAsync(Name, _observer, cancellationToken).ConfigureAwait(false);
        }
        catch (LettaDrException none) when (none.Kind == FaultKind.NotFound)
        {
            // Nothing has been made yet: it is lost as it should be.
        }
    }

    public async Task MakeEmptyAsync(CancellationToken cancellationToken)
    {
        var made = await new SandboxStack(_engine, _observer).CreateAsync(Request with { Size = null, StartServer = false }, cancellationToken).ConfigureAwait(false);
        _members = new DrTestMembers(_engine, made.Deployment);
    }

    public async Task<SystemRestoreResult> RestoreAsync(CancellationToken cancellationToken)
    {
        var options = Options();
        var discovery = new DeploymentDiscovery(Path.GetTempPath());
        var current = await Members.CurrentAsync(cancellationToken).ConfigureAwait(false);
        var plan = await new SystemRestorePlanner(options, discovery).PlanAsync(Set, current, null, cancellationToken).ConfigureAwait(false);
        foreach (var step in plan.Steps.Where(step => step.Kind is RestoreStepKind.LoadImages or RestoreStepKind.RestoreMemory))
        {
            // The copy has its images already, and no folder of its own.
            step.Skip = true;
        }

        var target = new DrTestRestoreTarget(new SystemRestoreTarget(options, discovery), Members, new SandboxReadiness(_engine));
        return await new SystemRestore(target, _observer, Journals, Repository.Journals(Set.Deployment))
            .RunAsync(plan, OperationId.Next(), restart: true, cancellationToken).ConfigureAwait(false);
    }

    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        var current = await Members.CurrentAsync(cancellationToken).ConfigureAwait(false);
        await using var connection = await new PostgresConnector(current.Database, OperationId.Next()).OpenAsync(null, cancellationToken).ConfigureAwait(false);
        await PostgresConnector.ExecuteAsync(connection, sql, cancellationToken).ConfigureAwait(false);
    }

    public Task DamageAsync(string table, CancellationToken cancellationToken) => new DrTestDamage(this).FlipAsync(table, cancellationToken);

    public async Task<RunbookResult> RunCorruptionRunbookAsync(CancellationToken cancellationToken)
    {
        var current = await Members.CurrentAsync(cancellationToken).ConfigureAwait(false);
        var request = new RunbookRequest
        {
            Deployment = Name, Database = current.Database.Database, Backup = Set, Sets = [Set], OperationId = OperationId.Next(),
        };
        var site = new CorruptionSite(current, Options(), new DeploymentDiscovery(Path.GetTempPath()), request.OperationId, Request.DatabaseImage, _observer);
        return await new DatabaseCorruptionRunbook(request, site, _observer, Journals, Repository.Journals(Set.Deployment))
            .RunAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<IFailoverSite> MakeStandbyAsync(CancellationToken cancellationToken) =>
        await StandbyPair.MakeAsync(this, cancellationToken).ConfigureAwait(false);

    /// <summary>From now on another container is the deployment's database.</summary>
    public void UseDatabase(LettaDeployment deployment) => _members = new DrTestMembers(_engine, deployment);

    public async Task<string> LeaveAsync()
    {
        var left = new List<string>();
        await TryAsync("the note of its maintenance", RemoveNoteAsync).ConfigureAwait(false);
        await TryAsync("its containers, volumes and network", LoseAsync).ConfigureAwait(false);
        if (_folder is not null && Directory.Exists(_folder))
        {
            await TryAsync(
                $"the folder {_folder}", token => Task.Run(() => Directory.Delete(_folder, recursive: true), token)).ConfigureAwait(false);
        }

        return left.Count == 0 ? "No container, volume or network of it is left." : throw new LettaDrException(
            "DrTestCopyNotRemoved", FaultKind.OperationFailed, $"Not everything of the copy {Name} was removed: {string.Join("; ", left)}.",
            $"Run 'Remove-LettaSandbox {Name}', and remove what it leaves by hand.", Name);

        // Each has a limit of its own: what hangs must not keep the others from being removed.
        async Task TryAsync(string what, Func<CancellationToken, Task> remove)
        {
            using var limit = new CancellationTokenSource(_options.RemovalLimit);
            try
            {
                await remove(limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                left.Add($"{what} (it took longer than {DurationText.InWords(_options.RemovalLimit)})");
            }
            catch (Exception failure) when (failure is LettaDrException or IOException or UnauthorizedAccessException)
            {
                left.Add($"{what} ({failure.Message.TrimEnd('.')})");
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _engine.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Its network.</summary>
    public string Network => Name + "_default";

    private async Task RemoveNoteAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_members is not null)
            {
                MaintenanceFiles.Local.Remove(await _members.CurrentAsync(cancellationToken).ConfigureAwait(false));
            }
        }
        catch (LettaDrException gone) when (gone.Kind == FaultKind.NotFound)
        {
            // A member that is not there any more has no note to be removed.
        }
    }

    private SystemRestoreOptions Options() => new()
    {
        Repository = Repository, Jobs = _options.Jobs, DisconnectSessions = true, Journals = Journals, StartLimit = _options.Patience,
        SkipEncrypted = true,
    };

    /// <summary>Makes a stand-in with made-up rows, and a set of it in a folder that goes with it.</summary>
    private async Task<string> SeedAsync(CancellationToken cancellationToken)
    {
        Request = Request with { EncryptionKey = Request.EncryptionKey ?? new Secret(RandomNumberGenerator.GetHexString(40, lowercase: true)) };
        var made = await new SandboxStack(_engine, _observer).CreateAsync(Request, cancellationToken).ConfigureAwait(false);
        _members = new DrTestMembers(_engine, made.Deployment);
        _folder = DrTestSweep.FolderOf(Name);
        DurableFiles.CreateDirectory(_folder);
        Journals = new JournalDirectory(Path.Combine(_folder, "operations"));
        Repository = new DirectoryRepository(_folder);
        var system = new SystemBackup(Repository, new BackupRequest { Deployment = made.Deployment, Jobs = _options.Jobs }, new SecretSealing([], null), false, false);
        _set = await system.RunAsync(_observer, Journals, cancellationToken).ConfigureAwait(false);
        return $"{Request.Size!.Agents} agents, {Request.Size.Messages} messages and {Request.Size.Passages} passages; its set holds {ByteSize.Format(_set.Size)}.";
    }
}
