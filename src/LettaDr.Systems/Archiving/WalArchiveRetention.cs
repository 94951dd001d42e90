namespace LettaDr.Systems;

/// <summary>Removes received log that no kept set needs.</summary>
internal sealed class WalArchiveRetention
{
    private readonly IBackupRepository _repository;
    private readonly string _deployment;
    private readonly DirectoryWalArchive _archive;

    /// <param name="repository">The repository.</param>
    /// <param name="deployment">The deployment.</param>
    /// <param name="archive">The log of one of its clusters.</param>
    /// <param name="kept">The deployment's sets that are kept.</param>
    public WalArchiveRetention(IBackupRepository repository, string deployment, DirectoryWalArchive archive, IReadOnlyList<Backup> kept)
    {
        (_repository, _deployment, _archive) = (repository, deployment, archive);
        Decision = WalRetentionPlanner.Decide(deployment, archive, kept).Decision;
    }

    /// <summary>What is decided.</summary>
    public WalRetention Decision { get; }

    /// <summary>Removes it, the oldest first, as the sets are by now: what a set of this moment needs is kept.</summary>
    public WalRetention Remove()
    {
        using var guard = _repository.Lock(_deployment, "Removal of log");
        var (decision, doomed) = WalRetentionPlanner.Decide(_deployment, _archive, _repository.List(_deployment, includeIncomplete: false));
        foreach (var file in doomed.OrderBy(file => file.Segment.Number))
        {
            _archive.Remove(file);
        }

        return decision with { Removed = true };
    }
}
