namespace LettaDr.Systems;

/// <summary>What can be wrong with a repository and the files in it.</summary>
internal static class RepositoryFaults
{
    public static LettaDrException FileDamaged(BackupFile file, string where, long length, string digest) => new(
        "BackupFileDamaged", FaultKind.DataCorrupt,
        length == file.Size
            ? $"The file {file.Name} of the set at {where} has digest {digest}, and the manifest says {file.Sha256}."
            : $"The file {file.Name} of the set at {where} has {length} bytes, and the manifest says {file.Size}.",
        "Use another set (Get-LettaBackup lists them), or bring this file back from a copy.", where);

    public static LettaDrException FileUnreadable(BackupFile file, string where, Exception cause) => new(
        "BackupFileDamaged", FaultKind.DataCorrupt,
        $"The file {file.Name} of the set at {where} cannot be decompressed: {cause.Message}",
        "Use another set (Get-LettaBackup lists them), or bring this file back from a copy.", where, cause);

    public static LettaDrException FileMissing(string file, string where, Exception? cause = null) => new(
        "BackupFileMissing", FaultKind.DataCorrupt,
        $"The file {file} of the set at {where} is missing.",
        "Use another set (Get-LettaBackup lists them), or bring this file back from a copy.", where, cause);

    public static LettaDrException NotFound(string location) => new(
        "RepositoryNotFound", FaultKind.NotFound,
        $"There is no repository at {location}.",
        "Give the directory that Backup-LettaDatabase wrote to.", location);

    public static LettaDrException ParentNotFound(string location) => new(
        "RepositoryPathNotFound", FaultKind.NotFound,
        $"The repository {location} cannot be made, because the directory above it is not there.",
        "Create that directory, or mount the disk that should be there.", location);

    public static LettaDrException NotWritable(string location, Exception cause) => new(
        "RepositoryNotWritable", FaultKind.PermissionDenied,
        $"The repository {location} cannot be written to: {cause.Message}",
        "Mount it for writing and give this user the right to write there, or name another directory.", location, cause);

    public static LettaDrException Full(string location, Exception cause) => new(
        "RepositoryFull", FaultKind.InsufficientResources,
        $"The repository {location} has no room left: {cause.Message}",
        "Free some space (Invoke-LettaRetention -WhatIf shows what could go), then run the backup again; the set begun has been removed.",
        location, cause);

    public static LettaDrException Locked(string location, string deployment, string holder) => new(
        "RepositoryLocked", FaultKind.Busy,
        $"Another operation is writing to {deployment} in the repository {location}: {holder}.",
        "Wait until it has ended; the lock goes with its process.", location);

    public static LettaDrException SetExists(string location, string id) => new(
        "BackupExists", FaultKind.AlreadyExists,
        $"The repository {location} already holds a set {id}.",
        "Sets are never overwritten: run the backup again for a new one.", id);
}
