namespace LettaDr;

/// <summary>Finds the newest moment that an archive of log brings a physical copy to: by what was received, not by what the server says.</summary>
internal static class ArchiveRecovery
{
    /// <summary>That moment, or why there is none.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="set">The newest set with a physical copy of the same cluster.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static (RecoverablePoint? Point, string? Problem) Of(IWalArchive archive, Backup set, CancellationToken cancellationToken)
    {
        var cluster = set.Manifest!.Cluster!;
        var history = RecoveryTimelines.Of(archive).Choose(null, cancellationToken);
        if (history.TimelineAt(cluster.SnapshotLsn) != cluster.Timeline)
        {
            return (null, $"The archive of log goes on with timeline {history.Timeline}, to which the physical copy {set.Id} does not lead.");
        }

        var (chain, end) = WalTail.Read(archive, history, cluster.SnapshotLsn, cancellationToken);
        if (end is null)
        {
            return (null, $"The archive of log lacks {chain.Missing}, at which the physical copy {set.Id} ends: it brings nothing back.");
        }

        if (end is not { LastCommit: { } position, LastCommitTime: { } time })
        {
            return (null, $"The archive of log has no commit after the physical copy {set.Id}. {end.Detail}");
        }

        var broken = end.Reason != WalEndReason.EndOfArchive ? $" It can be replayed no further: {end.Detail}" : string.Empty;
        return (new RecoverablePoint(
            time, $"The commit of {time:u} at {position} was found in the received log, of which no segment is missing since the physical copy {set.Id}.{broken}"), null);
    }
}
