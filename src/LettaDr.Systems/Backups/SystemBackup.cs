namespace LettaDr.Systems;

/// <summary>Backs a whole deployment up into one set.</summary>
/// <param name="repository">Where the set goes.</param>
/// <param name="request">The deployment, and how its database is backed up.</param>
/// <param name="sealing">To whom secrets are encrypted.</param>
/// <param name="includeImages">Whether the set is to hold the images themselves.</param>
/// <param name="skipCache">Whether the cache is left out.</param>
internal sealed class SystemBackup(
    IBackupRepository repository, BackupRequest request, SecretSealing sealing, bool includeImages, bool skipCache)
{
    private bool HasCache => !skipCache && request.Deployment.Cache is not null;

    /// <summary>Tells in words what it would do.</summary>
    public string Describe() => string.Join(
        Environment.NewLine,
        new[]
        {
            $"Back up {request.Deployment.Name} as a whole to {repository.Location}:",
            $"  configuration: compose files and what they name, environments, images' digests{(includeImages ? ", images" : string.Empty)}; secrets {(sealing.HasRecipients ? $"encrypted to {sealing}" : "left out")}",
            $"  database: {request.Deployment.Database}, in one snapshot, with a fingerprint of every table",
            HasCache ? $"  cache: Redis at {request.Deployment.Cache}, its own files" : "  cache: none",
            "  memory: each agent's repository as a git bundle",
            "  the moments of all parts are fixed first, one after the other; then their content is copied",
        });

    public async Task<Backup> RunAsync(IOperationObserver observer, IJournalStore journals, CancellationToken cancellationToken)
    {
        using var database = await DeploymentDatabase.OpenForBackupAsync(request.Deployment, OperationId.Next(), cancellationToken).ConfigureAwait(false);
        await using var configuration = new ConfigurationBackupPart(sealing, includeImages);
        await using var memory = new MemoryBackupPart();
        await using var cache = HasCache ? await CacheBackupPart.OpenAsync(request.Deployment, cancellationToken).ConfigureAwait(false) : null;
        await using var rows = new DatabaseBackup(request, repository, database.OpenSource);

        // The cache last: what it names, the snapshot then has, or a restore clears it.
        IBackupPart[] parts = [configuration, memory, rows, .. cache is null ? (IBackupPart[])[] : [cache]];
        return await new BackupMaking(repository, observer, journals)
            .RunAsync(new SetRequest(request.Deployment, request.Label), parts, cancellationToken).ConfigureAwait(false);
    }
}
