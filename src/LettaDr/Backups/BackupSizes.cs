namespace LettaDr;

/// <summary>The cheap look at a set's files: whether each is there and as long as it was written.</summary>
internal static class BackupSizes
{
    /// <exception cref="LettaDrException">A file is missing, or has another length than the manifest says.</exception>
    public static void Check(IBackupRepository repository, Backup backup, IEnumerable<BackupFile> files)
    {
        foreach (var file in files)
        {
            using var stored = repository.OpenRead(backup, file.Name);
            if (stored.Length != file.Size)
            {
                throw new LettaDrException(
                    "BackupFileDamaged", FaultKind.DataCorrupt,
                    $"The file {file.Name} of the set at {backup.Path} has {stored.Length} bytes, and the manifest says {file.Size}.",
                    "Use another set (Get-LettaBackup lists them), or bring this file back from a copy.", backup.Path);
            }
        }
    }
}
