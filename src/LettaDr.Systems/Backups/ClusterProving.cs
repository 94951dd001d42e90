namespace LettaDr.Systems;

/// <summary>
/// Proves a physical copy by recovering it, in a throw-away container, to just the position that its inventory is of, and comparing every row.
/// </summary>
internal sealed class ClusterProving(IBackupRepository repository, IOperationObserver observer, int jobs, string? otherImage) : IBackupPartCheck
{
    public const string CheckName = "ClusterRecovers";

    private const string Work = "/var/lib/lettadr";

    /// <inheritdoc/>
    public string Name => CheckName;

    /// <inheritdoc/>
    public string? WhyNotAsked(Backup backup) => backup.Parts.HasFlag(BackupParts.Cluster) ? null : "The set holds no physical copy of the cluster.";

    /// <inheritdoc/>
    public async Task<string> ProveAsync(Backup backup, CancellationToken cancellationToken)
    {
        var part = backup.Manifest!.Cluster!;
        var chain = ClusterSet.Chain(repository, backup);
        var inventory = ClusterSet.ReadInventory(repository, backup);
        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var image = await ClusterImage.FindAsync(engine, backup, otherImage, cancellationToken).ConfigureAwait(false);
        using var exchange = RecoveryExchange.Create(engine);
        await using var container = await ScratchContainer.StartAsync(engine, image, null, [exchange.Volume], cancellationToken).ConfigureAwait(false);
        var place = await PrepareAsync(container, cancellationToken).ConfigureAwait(false);
        await using var recovery = new ClusterRecovery(container, exchange, repository, new ProgressMeter(observer, $"Testing {backup.Id}"), place);
        await recovery.LayAsync(chain, cancellationToken).ConfigureAwait(false);
        await recovery.RecoverAsync(
            ClusterSet.Log(repository, backup), new RecoveryStop(part.SnapshotLsn, Inclusive: false, null), ClusterSet.Roles(inventory), cancellationToken).ConfigureAwait(false);
        var differences = await recovery.CompareAsync(inventory, part.Database, jobs, cancellationToken).ConfigureAwait(false);
        return differences.Count == 0
            ? $"{inventory.Tables.Count} of {inventory.Tables.Count} tables identical, {part.Rows} rows, {inventory.Objects.Count} objects, after a recovery to {part.SnapshotLsn} on {image}."
            : throw new LettaDrException(
                "ClusterNotIdentical", FaultKind.DataCorrupt,
                $"Recovered to {part.SnapshotLsn}, the copy is not what the set says, in {differences.Count} point(s): {string.Join("; ", differences.Take(5))}.",
                "Use another set (Get-LettaBackup lists them).", backup.Id);
    }

    private static async Task<ClusterPlace> PrepareAsync(ScratchContainer container, CancellationToken cancellationToken)
    {
        var user = await container.ShellAsync(
            "mkdir -p \"$1\"; chown postgres \"$1\"; echo \"$(id -u postgres):$(id -g postgres)\"", [Work], null, cancellationToken).ConfigureAwait(false);
        return new ClusterPlace(Work, $"{Work}/data", user.Trim());
    }
}
