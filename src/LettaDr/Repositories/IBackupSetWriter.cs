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

    /// <summary>A folder of this machine in which programs may write what is to become files of the set; null where there is none.</summary>
    string? Incoming { get; }

    /// <summary>Makes a file that a program has written below <see cref="Incoming"/> one of the set's, and begins to read it for its digest.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="name">Its path inside the set.</param>
    void Take(string path, string name);

    /// <summary>The files closed or taken so far; those taken are waited for.</summary>
    IReadOnlyList<BackupFile> Files { get; }

    /// <summary>Writes the manifest and makes the set visible, whole, in one step that survives a power cut.</summary>
    /// <returns>The set as it is listed.</returns>
    Backup Publish(BackupManifest manifest);
}
