namespace LettaDr;

/// <summary>A place that keeps backup sets, by deployment.</summary>
internal interface IBackupRepository
{
    /// <summary>Where it is, for people.</summary>
    string Location { get; }

    /// <summary>Makes the repository if it is not there, and proves that it can be written to.</summary>
    /// <exception cref="LettaDrException">The place is missing, is something else, or cannot be written to.</exception>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Bytes free for new sets; null when nobody can say.</summary>
    long? FreeBytes { get; }

    /// <summary>Keeps other writers of this deployment away until disposed of; a dead process's lock is no obstacle.</summary>
    /// <exception cref="LettaDrException">Another process holds it; the message tells which.</exception>
    IDisposable Lock(string deployment, string operation);

    /// <summary>Begins a set that nobody sees before it is published.</summary>
    IBackupSetWriter CreateSet(string deployment, string id);

    /// <summary>All sets, in no particular order; of one deployment or of all.</summary>
    IReadOnlyList<Backup> List(string? deployment, bool includeIncomplete);

    /// <summary>Opens a file of a set as stored.</summary>
    Stream OpenRead(Backup backup, string file);

    /// <summary>Opens a file of a set as stored; its size and digest are checked at its end.</summary>
    Stream OpenStored(Backup backup, BackupFile file);

    /// <summary>Opens a file of a set for its content: decompressed where its name ends in <c>.zst</c>, its digest checked at its end.</summary>
    Stream OpenContent(Backup backup, BackupFile file);

    /// <summary>Sizes in bytes of all the files that are in the set, listed or not, by their names.</summary>
    IReadOnlyDictionary<string, long> SizesOf(Backup backup);

    /// <summary>Removes a set so that it is never seen half removed.</summary>
    void Remove(Backup backup);

    /// <summary>Removes what dead operations left; only under the deployment's lock. Returns what went.</summary>
    IReadOnlyList<string> Sweep(string deployment);

    /// <summary>Keeps a proof beside its set.</summary>
    void SaveProof(Backup backup, BackupProof proof);

    /// <summary>Keeps journals of a deployment's operations.</summary>
    IJournalStore Journals(string deployment);

    /// <summary>Keeps the results of recovery tests.</summary>
    IDrTestStore DrTests { get; }
}
