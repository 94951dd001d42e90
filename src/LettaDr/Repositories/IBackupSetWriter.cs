namespace LettaDr;

/// <summary>A set being written. Disposed of unpublished, it leaves nothing.</summary>
internal interface IBackupSetWriter : IDisposable
{
    /// <summary>Not a level: what comes is stored as it is.</summary>
    const int Compressed = 0;

    /// <summary>Opens a file to write; closed, <see cref="Files"/> has its size and digest, and <see cref="Publish"/> sees that it is on the disk.</summary>
    /// <param name="name">Its path inside the set; a name ending in <c>.zst</c> is compressed on its way.</param>
    /// <param name="compressionLevel">zstd's level for such a file; <see cref="Compressed"/> where what is written is compressed already.</param>
    Stream OpenWrite(string name, int compressionLevel = 1);

    /// <summary>The files closed so far.</summary>
    IReadOnlyList<BackupFile> Files { get; }

    /// <summary>Writes the manifest and makes the set visible, whole, in one step that survives a power cut.</summary>
    /// <returns>The set as it is listed.</returns>
    Backup Publish(BackupManifest manifest);
}
