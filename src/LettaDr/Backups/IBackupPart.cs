namespace LettaDr;

/// <summary>One part of a set being made.</summary>
internal interface IBackupPart : IAsyncDisposable
{
    /// <summary>Fixes the moment whose state the part holds. All parts do this one after the other, so it must not take long.</summary>
    Task CaptureAsync(BackupDraft draft, CancellationToken cancellationToken);

    /// <summary>Whether this is the part that takes longest, and whose progress is shown while others work beside it.</summary>
    bool ShowsProgress => false;

    /// <summary>Writes what has not been written yet, and what the manifest says of the part. All parts do this at once.</summary>
    Task CopyAsync(BackupDraft draft, CancellationToken cancellationToken);
}
