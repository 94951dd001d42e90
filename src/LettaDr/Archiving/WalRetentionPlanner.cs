namespace LettaDr;

/// <summary>Decides which of the received log no kept set needs any more.</summary>
internal static class WalRetentionPlanner
{
    /// <summary>What is decided, and the files that can go.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="archive">The log of one of its clusters.</param>
    /// <param name="kept">The deployment's sets that are kept, damaged ones too.</param>
    public static (WalRetention Decision, IReadOnlyList<WalFile> Doomed) Decide(string deployment, IWalArchive archive, IReadOnlyCollection<Backup> kept)
    {
        var files = archive.Files();
        var damaged = kept.FirstOrDefault(backup => backup.State == BackupState.Damaged);
        var bases = kept.Where(backup => backup.State == BackupState.Complete && backup.Manifest?.Cluster?.SystemIdentifier == archive.SystemIdentifier).ToList();
        var oldest = bases.MinBy(backup => backup.Manifest!.Cluster!.StartLsn.Value);
        var proven = bases.Exists(backup => backup.ProvenAt is not null);
        Lsn? from = oldest is not null && proven && damaged is null ? oldest.Manifest!.Cluster!.StartLsn : null;

        // By position alone, whatever the timeline: a set needs nothing that lies before its own beginning.
        var doomed = from is { } position ? files.Where(file => IsCompleted(file) && file.Segment.End <= position).ToList() : [];
        return (
            new WalRetention
            {
                Deployment = deployment, SystemIdentifier = archive.SystemIdentifier, Segments = files.Count, Doomed = doomed.Count,
                Size = doomed.Sum(file => file.StoredBytes), KeepFrom = from,
                Reason = damaged is not null ? $"nobody can say what the damaged set {damaged.Id} needs"
                    : oldest is null ? "no physical set of this cluster" : proven ? $"needed by {oldest.Id}" : "no physical set of this cluster is proven",
            },
            doomed);
    }

    /// <summary>What lies in a folder of its own is still in the receiver's hands.</summary>
    private static bool IsCompleted(WalFile file) => !file.IsPartial && !file.FileName.Contains('/', StringComparison.Ordinal);
}
