namespace LettaDr;

/// <summary>A check that proves one part of a set by using it.</summary>
internal interface IBackupPartCheck
{
    /// <summary>The check's name.</summary>
    string Name { get; }

    /// <summary>Whether it only reads what is kept, as a test of the bytes does; then it is made without a restore too, and proves none.</summary>
    bool ReadsOnly => false;

    /// <summary>Why the check is not asked for of this set, in a sentence; null when it is.</summary>
    string? WhyNotAsked(Backup backup);

    /// <summary>Uses the part, and leaves nothing behind.</summary>
    /// <returns>What was proven, in a sentence.</returns>
    /// <exception cref="LettaDrException">
    /// The part is no good; or, where the kind says that something is not installed, not found or not reachable, nobody could try.
    /// </exception>
    Task<string> ProveAsync(Backup backup, CancellationToken cancellationToken);
}
