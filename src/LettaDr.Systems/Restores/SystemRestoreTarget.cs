namespace LettaDr.Systems;

/// <summary>This machine with its Docker engine, as what a system is restored to.</summary>
internal sealed class SystemRestoreTarget(SystemRestoreOptions options, DeploymentDiscovery discovery) : ISystemTarget
{
    public Task<string?> RunAsync(RestoreStepKind step, SystemRestoreRun run, CancellationToken cancellationToken)
    {
        var site = new SystemSite(run.Plan, discovery);
        return step switch
        {
            RestoreStepKind.VerifySet => VerifyAsync(run),
            RestoreStepKind.LoadImages => LoadImagesAsync(run, cancellationToken),
            RestoreStepKind.RestoreConfiguration => RestoreFilesAsync(run, memory: false, cancellationToken),
            RestoreStepKind.EnterMaintenance => new SystemServices(options, site, run).StopServerAsync(cancellationToken),
            RestoreStepKind.StartInfrastructure => new SystemServices(options, site, run).StartInfrastructureAsync(cancellationToken),
            RestoreStepKind.RestoreDatabase => RestoreDatabaseAsync(site, run, cancellationToken),
            RestoreStepKind.RestoreCache => RestoreCacheAsync(site, run, cancellationToken),
            RestoreStepKind.ReconcileCache => ReconcileAsync(site, run, cancellationToken),
            RestoreStepKind.RestoreMemory => RestoreMemoryAsync(site, run, cancellationToken),
            RestoreStepKind.StartServer => new SystemServices(options, site, run).StartAllAsync(cancellationToken),
            RestoreStepKind.TestConnectivity => new SystemProof(options, site, run).TestConnectivityAsync(cancellationToken),
            RestoreStepKind.TestConsistency => new SystemProof(options, site, run).TestConsistencyAsync(cancellationToken),
            RestoreStepKind.CompareAgents => new SystemProof(options, site, run).CompareAgentsAsync(cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(step)),
        };
    }

    /// <summary>All but the rows is read through before anything is touched; rows are checked as they are loaded, beside the live database.</summary>
    private Task<string?> VerifyAsync(SystemRestoreRun run)
    {
        var backup = run.Plan.Backup;
        BackupSizes.Check(options.Repository, backup, backup.Manifest!.Files);
        foreach (var file in backup.Manifest.Files.Where(file => !file.Name.StartsWith("rows/", StringComparison.Ordinal) && file.Name != DatabasePart.ArchiveFileName))
        {
            using var stored = options.Repository.OpenStored(backup, file);
            stored.CopyTo(Stream.Null);
        }

        return Task.FromResult<string?>($"{backup.Manifest.Files.Count} files, {ByteSize.Format(backup.Size)}");
    }

    private async Task<string?> LoadImagesAsync(SystemRestoreRun run, CancellationToken cancellationToken)
    {
        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        return await new ImageProvision(engine, options.Repository, run.Plan.Backup).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<string?> RestoreFilesAsync(SystemRestoreRun run, bool memory, CancellationToken cancellationToken)
    {
        var restore = new ConfigurationRestore(options.Repository, run.Observer, options.Journals);
        var plan = await restore.PlanAsync(options.FilesRequest(run.Plan.Backup, run.Plan.Destination!, memory), cancellationToken).ConfigureAwait(false);
        var result = await restore.RunAsync(plan, run.OperationId, cancellationToken).ConfigureAwait(false);
        return memory
            ? $"{result.MemoryRepositories.Count} repositories"
            : $"{result.Written} files written, {result.Unchanged} were there; {result.EncryptionKey.Evidence}";
    }

    private async Task<string?> RestoreDatabaseAsync(SystemSite site, SystemRestoreRun run, CancellationToken cancellationToken)
    {
        var deployment = await site.RequireAsync(cancellationToken).ConfigureAwait(false);
        var backup = run.Plan.Backup;
        var request = new RestoreRequest
        {
            Deployment = deployment, Backup = backup, TargetDatabase = deployment.Database.Database, Jobs = options.Jobs,
            DisconnectSessions = options.DisconnectSessions, DiscardPrevious = options.DiscardPrevious,
            // A server that was just made has neither the cluster's identity nor its roles.
            CreateMissingRoles = true, AllowOtherCluster = true,
        };
        using var database = await DeploymentDatabase.OpenAsync(deployment, run.OperationId, cancellationToken).ConfigureAwait(false);
        await using var target = database.OpenTarget();
        var restore = new DatabaseRestore(options.Repository, target, run.Observer, options.Journals);
        var inventory = DatabaseRestore.ReadInventory(options.Repository, backup);
        var profile = await restore.PreflightAsync(request, inventory, cancellationToken).ConfigureAwait(false);
        if (profile.Existing is { HasTables: false })
        {
            // What init.sql has just made holds nothing that anybody could want back.
            request = request with { DiscardPrevious = true };
        }

        run.Database = await restore.RunAsync(request, run.OperationId, cancellationToken).ConfigureAwait(false);
        return $"{run.Database.TablesIdentical} of {run.Database.Tables} tables identical, {run.Database.Rows} rows";
    }

    private async Task<string?> RestoreCacheAsync(SystemSite site, SystemRestoreRun run, CancellationToken cancellationToken)
    {
        var deployment = await site.RequireAsync(cancellationToken).ConfigureAwait(false);
        await using var target = await RedisCacheTarget.OpenAsync(deployment, cancellationToken).ConfigureAwait(false);
        var request = new CacheRestoreRequest
        {
            Deployment = deployment, Backup = run.Plan.Backup, DiscardPrevious = options.DiscardPrevious, AllowOtherDeployment = true,
        };
        var result = await new CacheRestore(options.Repository, target, run.Observer, options.Journals)
            .RunAsync(request, run.OperationId, cancellationToken).ConfigureAwait(false);
        return $"{result.KeysRestored} of {result.KeysInSet} keys, {result.KeysExpired} expired since";
    }

    private async Task<string?> ReconcileAsync(SystemSite site, SystemRestoreRun run, CancellationToken cancellationToken)
    {
        var deployment = await site.RequireAsync(cancellationToken).ConfigureAwait(false);
        if (deployment.Cache is null)
        {
            return "there is no Redis";
        }

        await new SystemServices(options, site, run).OpenDatabaseAsync(cancellationToken).ConfigureAwait(false);
        run.ClearedKeys = await CacheCleaner.ReconcileAsync(deployment, run.OperationId, run.Observer, cancellationToken).ConfigureAwait(false);
        return $"{run.ClearedKeys.Removed} keys removed, {run.ClearedKeys.Kept} kept, {run.ClearedKeys.OthersUntouched} of others";
    }

    private async Task<string?> RestoreMemoryAsync(SystemSite site, SystemRestoreRun run, CancellationToken cancellationToken)
    {
        var detail = await RestoreFilesAsync(run, memory: true, cancellationToken).ConfigureAwait(false);
        var placed = await new SystemServices(options, site, run).PlaceContainerFilesAsync(cancellationToken).ConfigureAwait(false);
        return placed == 0 ? detail : $"{detail}; {placed} files and folders put into containers";
    }
}
