namespace LettaDr;

/// <summary>Tells in words what a backup would do.</summary>
internal static class BackupDescription
{
    public static string Plan(BackupRequest request, string repository)
    {
        if (request.Physical is not null)
        {
            return PhysicalPlan(request, repository);
        }

        var where = request.Deployment.Database.Container is { } container ? $"container {container.Name}" : "this machine";
        return string.Join(
            Environment.NewLine,
            $"Back up {request.Deployment.Database} of deployment {request.Deployment.Name} to {repository}:",
            "  1. remove what a backup that died has left there",
            "  2. lock all tables against being rewritten, take one snapshot for everything that follows",
            request.Portable
                ? $"  3. pg_dump of {where}: schema and all rows, gzip"
                : $"  3. pg_dump of {where}: schema and light tables; heavy tables as binary COPY over {request.Jobs} connections, zstd level {request.CompressionLevel}",
            "  4. fingerprint every table in the same snapshot",
            "  5. write the manifest and make the set visible in one step");
    }

    private static string PhysicalPlan(BackupRequest request, string repository)
    {
        var where = request.Deployment.Database.Container is { } container ? $"container {container.Name}" : "this machine";
        return string.Join(
            Environment.NewLine,
            $"Copy the whole PostgreSQL cluster of {request.Deployment.Database} of deployment {request.Deployment.Name} to {repository}:",
            "  1. remove what a backup that died has left there and on the server",
            "  2. have the server keep its log until the set has it, by a replication slot that goes with our session",
            request.Physical == BaseBackupType.Full
                ? $"  3. pg_basebackup of {where}: every file of the cluster, zstd level {request.CompressionLevel}"
                : $"  3. pg_basebackup of {where}: the blocks that have changed since {request.Parent?.Id ?? "the newest physical set"}, zstd level {request.CompressionLevel}",
            "  4. take one snapshot, find the position in the log that equals it, and copy the log up to there",
            $"  5. fingerprint every table in that snapshot, over {request.Jobs} connections",
            "  6. write the manifest and make the set visible in one step");
    }
}
