namespace LettaDr.Systems.Tests;

/// <summary>The operations as the cmdlets compose them.</summary>
internal static class LettaOperations
{
    public static async Task<Backup> BackUpAsync(
        LettaDeployment deployment, TemporaryRepository repository, Func<BackupRequest, BackupRequest>? change = null,
        IOperationObserver? observer = null, CancellationToken cancellationToken = default)
    {
        using var database = await DeploymentDatabase.OpenForBackupAsync(deployment, OperationId.Next(), cancellationToken);
        return await BackUpAsync(deployment, repository, database.OpenSource, change, observer, cancellationToken);
    }

    public static Task<Backup> BackUpAsync(
        LettaDeployment deployment, TemporaryRepository repository, Func<IDatabaseSource> openSource,
        Func<BackupRequest, BackupRequest>? change = null, IOperationObserver? observer = null, CancellationToken cancellationToken = default)
    {
        var request = new BackupRequest { Deployment = deployment };
        var making = new BackupMaking(repository.Directory, observer ?? new CollectingObserver(), repository.Journals);
        return DatabaseBackup.RunAsync(making, repository.Directory, change is null ? request : change(request), openSource, cancellationToken);
    }

    /// <summary>Copies the cluster physically.</summary>
    public static async Task<Backup> CopyClusterAsync(
        LettaDeployment deployment, TemporaryRepository repository, Func<BackupRequest, BackupRequest>? change = null,
        IOperationObserver? observer = null, CancellationToken cancellationToken = default)
    {
        var request = new BackupRequest { Deployment = deployment, Physical = BaseBackupType.Full };
        using var database = await DeploymentDatabase.OpenForBackupAsync(deployment, OperationId.Next(), cancellationToken);
        var making = new BackupMaking(repository.Directory, observer ?? new CollectingObserver(), repository.Journals);
        return await ClusterBackup.RunAsync(
            making, repository.Directory, change is null ? request : change(request), database.OpenCluster, cancellationToken);
    }

    public static async Task<RestoreResult> RestoreAsync(
        LettaDeployment deployment, TemporaryRepository repository, Backup backup, Func<RestoreRequest, RestoreRequest>? change = null,
        IOperationObserver? observer = null, CancellationToken cancellationToken = default)
    {
        var operationId = OperationId.Next();
        var request = new RestoreRequest { Deployment = deployment, Backup = backup, TargetDatabase = deployment.Database.Database };
        using var database = await DeploymentDatabase.OpenAsync(deployment, operationId, cancellationToken);
        await using var target = database.OpenTarget();
        var restore = new DatabaseRestore(repository.Directory, target, observer ?? new CollectingObserver(), repository.Journals);
        return await restore.RunAsync(change is null ? request : change(request), operationId, cancellationToken);
    }

    /// <summary>All differences between a set and a database, after reading every row of it.</summary>
    public static async Task<IReadOnlyList<InventoryDifference>> CompareAsync(
        DatabaseInventory expected, LettaDeployment deployment, string? newOwner = null) =>
        InventoryComparer.Compare(expected, await FingerprintAsync(expected, deployment), newOwner);

    /// <summary>The inventory of a database, each table read as <paramref name="expected"/> has it.</summary>
    public static async Task<DatabaseInventory> FingerprintAsync(DatabaseInventory expected, LettaDeployment deployment)
    {
        using var database = await DeploymentDatabase.OpenAsync(deployment, OperationId.Next(), CancellationToken.None);
        await using var source = database.OpenSource();
        return await InventoryFingerprinter.ReadAsync(
            source, expected, 2, new ProgressMeter(new CollectingObserver(), "Comparing"), CancellationToken.None);
    }

    public static DatabaseInventory InventoryOf(TemporaryRepository repository, Backup backup) =>
        DatabaseRestore.ReadInventory(repository.Directory, backup);
}
