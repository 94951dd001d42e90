namespace LettaDr.Systems;

/// <summary>What a set says and holds of a physical copy.</summary>
internal static class ClusterSet
{
    /// <summary>The inventory of the set's database at the position where it holds exactly.</summary>
    public static DatabaseInventory ReadInventory(IBackupRepository repository, Backup backup, string name = ClusterPart.InventoryFileName)
    {
        using var content = repository.OpenContent(backup, backup.Manifest!.Files.First(file => file.Name == name));
        using var memory = new MemoryStream();
        content.CopyTo(memory);
        return ManifestSerializer.ReadInventory(memory.ToArray(), backup.Path);
    }

    /// <summary>The log that the set itself holds.</summary>
    public static RecoveryLog Log(IBackupRepository repository, Backup backup)
    {
        var log = new SetLog(repository, backup, null);
        return RecoveryLog.Of(log, log.Files(), log.Histories(), backup.Manifest!.Cluster!.WalSegmentSize);
    }

    /// <summary>Roles of which one at least is in the copy: the superusers first.</summary>
    public static IReadOnlyList<string> Roles(DatabaseInventory inventory) =>
        [.. inventory.Roles.OrderByDescending(role => role.IsSuperuser).Select(role => role.Name), inventory.Database.Owner];

    /// <summary>The set and those that it builds on, the full one first.</summary>
    /// <exception cref="LettaDrException">One is missing.</exception>
    public static IReadOnlyList<Backup> Chain(IBackupRepository repository, Backup backup)
    {
        var chain = ClusterChain.Of(backup, repository.List(backup.Deployment, includeIncomplete: false));
        return chain.Missing is not { } missing ? chain.Sets : throw new LettaDrException(
            "BackupChainBroken", FaultKind.DataCorrupt, $"The set {backup.Id} holds only what changed since the set {missing}, which is not in {repository.Location} or is damaged.",
            "Use another set (Get-LettaBackup lists them), and make a full base backup now.", backup.Id);
    }
}
