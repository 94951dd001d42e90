namespace LettaDr;

/// <summary>Sees that all sets of a deployment are of one cluster.</summary>
internal static class ClusterIdentity
{
    /// <summary>Two clusters under one name would make retention remove the one's sets for the other's.</summary>
    /// <exception cref="LettaDrException">The newest set is of another cluster, and that has not been allowed.</exception>
    public static void Check(IBackupRepository repository, BackupRequest request, string? present)
    {
        if (request.AllowOtherCluster || present is null)
        {
            return;
        }

        var newest = repository.List(request.Deployment.Name, includeIncomplete: false)
            .Where(backup => backup.Manifest is { } manifest && (manifest.Database ?? manifest.Cluster ?? (object?)manifest.PgBackRest) is not null).MaxBy(backup => backup.SnapshotTime);
        if (Of(newest) is { } recorded && recorded != present)
        {
            throw new LettaDrException(
                "RepositoryOfOtherCluster", FaultKind.Incompatible,
                $"The sets of {request.Deployment.Name} in {repository.Location} are of cluster {recorded}, and this server is cluster {present}.",
                "After a restore onto a new server say -AllowOtherCluster once; else give the deployment another name or repository.",
                request.Deployment.Name);
        }
    }

    private static string? Of(Backup? backup) => backup?.Manifest?.Database?.SystemIdentifier ?? backup?.Manifest?.Cluster?.SystemIdentifier
        ?? backup?.Manifest?.PgBackRest?.SystemIdentifier;
}
