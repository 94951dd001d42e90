namespace LettaDr;

/// <summary>Proves a set's database by restoring it on a throw-away server and comparing every row.</summary>
internal sealed class BackupProving(
    IBackupRepository repository, IOperationObserver observer, IJournalStore localJournals, int jobs, Func<Backup, Task<IScratchServer>> startServer)
    : IBackupPartCheck
{
    public const string CheckName = "RestoredIdentical";

    /// <inheritdoc/>
    public string Name => CheckName;

    /// <inheritdoc/>
    public string? WhyNotAsked(Backup backup) =>
        backup.Parts.HasFlag(BackupParts.Database) ? null : $"The set does not hold the database, but {backup.Parts}.";

    /// <inheritdoc/>
    public async Task<string> ProveAsync(Backup backup, CancellationToken cancellationToken)
    {
        await using var server = await startServer(backup).ConfigureAwait(false);
        try
        {
            var restored = await RestoreAsync(backup, server, cancellationToken).ConfigureAwait(false);
            return $"{restored.TablesIdentical} of {restored.Tables} tables identical, {restored.Rows} rows, {restored.Objects} objects, restored on {backup.Manifest!.Database!.Image ?? "a scratch server"}.";
        }
        catch (LettaDrException failure)
        {
            // Whatever kind of fault it is, the set did not restore.
            throw new LettaDrException("BackupNotRestorable", FaultKind.DataCorrupt, failure.Message, failure.Remedy, backup.Id, failure);
        }
    }

    private async Task<RestoreResult> RestoreAsync(Backup backup, IScratchServer server, CancellationToken cancellationToken)
    {
        await using var target = server.OpenTarget();
        var restore = new DatabaseRestore(repository, target, observer, localJournals, "RestoreTest");
        return await restore.RunAsync(
            new RestoreRequest
            {
                Deployment = server.Deployment, Backup = backup, TargetDatabase = server.Deployment.Database.Database, Jobs = jobs,
                CreateMissingRoles = true, AllowOtherCluster = true,
            },
            OperationId.Next(), cancellationToken).ConfigureAwait(false);
    }
}
