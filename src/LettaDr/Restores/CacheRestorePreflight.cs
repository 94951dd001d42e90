namespace LettaDr;

/// <summary>The questions about a set that are asked before a restore of its cache touches anything.</summary>
internal static class CacheRestorePreflight
{
    /// <exception cref="LettaDrException">The set is damaged, holds no cache, or is of another deployment.</exception>
    public static void Check(IBackupRepository repository, CacheRestoreRequest request)
    {
        var backup = request.Backup;
        if (backup.Manifest is not { } manifest)
        {
            throw new LettaDrException(
                "BackupNotUsable", FaultKind.DataCorrupt, $"The set {backup.Id} cannot be restored: {backup.Problem}",
                "Use another set (Get-LettaBackup lists them).", backup.Id);
        }

        if (manifest.Cache is not { } part)
        {
            throw new LettaDrException(
                "BackupWithoutCache", FaultKind.NotFound, $"The set {backup.Id} holds no cache, but {manifest.Parts.ToString().ToLowerInvariant()}.",
                "Name one that does; Get-LettaBackup shows what each holds, Backup-LettaCache and Backup-LettaSystem make such.", backup.Id);
        }

        if (backup.Deployment != request.Deployment.Name && !request.AllowOtherDeployment)
        {
            throw new LettaDrException(
                "BackupOfOtherDeployment", FaultKind.Incompatible,
                $"The set {backup.Id} is of deployment {backup.Deployment}, not of {request.Deployment.Name}.",
                "Name the right set, or say -AllowOtherDeployment if this is meant.", backup.Id);
        }

        foreach (var file in manifest.Files.Where(file => part.Files.Contains(file.Name)))
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
