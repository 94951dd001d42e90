namespace LettaDr;

/// <summary>The questions asked before a recovery touches anything.</summary>
internal static class ClusterRestorePreflight
{
    // What lies beside: the copy, the log that replay keeps until its next restart point, and incremental copies before they are combined.
    private const long LogBytes = 2L << 30;

    /// <exception cref="LettaDrException">The first thing that would keep the recovery from ending well.</exception>
    public static void Check(IBackupRepository repository, ClusterRestoreRequest request, ClusterProfile target)
    {
        var part = request.Plan.Part;
        foreach (var set in request.Plan.Chain)
        {
            BackupSizes.Check(repository, set, set.Manifest!.Files.Where(
                file => file.Name.StartsWith(ClusterPart.Folder, StringComparison.Ordinal) || file.Name == PgBackRestPart.InventoryFileName));
        }

        if (!request.AllowOtherCluster && target is { SystemIdentifier: { } present, Databases.Count: > 0 } && present != part.SystemIdentifier)
        {
            throw new LettaDrException(
                "BackupOfOtherCluster", FaultKind.Incompatible,
                $"The physical copy is of cluster {part.SystemIdentifier}, and the server in container {target.Container} is cluster {present}, with tables in {string.Join(", ", target.Databases)}.",
                "If that cluster may be replaced, say -AllowOtherCluster.", target.Container);
        }

        if (target.MajorVersion is { } major && part.ServerVersion.Split('.', ' ')[0] is { } copied && copied != major.ToString(System.Globalization.CultureInfo.InvariantCulture))
        {
            throw new LettaDrException(
                "ServerOfOtherVersion", FaultKind.Incompatible,
                $"The physical copy is of PostgreSQL {part.ServerVersion}, and the image of container {target.Container} is PostgreSQL {major}, which cannot run its files.",
                "Create the container from the image that the set records, or restore a logical set.", target.Container);
        }

        CheckSessions(target, request.DisconnectSessions);
        CheckSpace(request.Plan, target);
    }

    /// <exception cref="LettaDrException">Somebody is connected, and that is not to be ended.</exception>
    public static void CheckSessions(ClusterProfile target, bool disconnectSessions)
    {
        if (target.Sessions.Count > 0 && !disconnectSessions)
        {
            throw new LettaDrException(
                "DatabaseInUse", FaultKind.Busy,
                $"The server in container {target.Container} has {target.Sessions.Count} session(s) open: {string.Join("; ", target.Sessions.Take(3))}.",
                "Stop Letta first, or say -DisconnectSessions to end them at the swap.", target.Container);
        }
    }

    private static void CheckSpace(RecoveryPlan plan, ClusterProfile target)
    {
        var copies = plan.Bytes + (plan.Chain.Count > 1 ? plan.Chain[0].Manifest!.Cluster!.Bytes : 0);
        var needed = copies + Math.Min(LogBytes, plan.Files.Sum(file => (long)file.Segment.Size));
        if (target.FreeBytes is { } free && free < needed)
        {
            throw new LettaDrException(
                "NotEnoughDisk", FaultKind.InsufficientResources,
                $"The recovery needs about {ByteSize.Format(needed)} beside the cluster that is there, and {target.Volume} has {ByteSize.Format(free)} free.",
                "Free some space there, or remove clusters that earlier restores set aside (pgsql_tmp_lettadr_before_… and …_undone_… in the data directory).", target.Container);
        }
    }
}
