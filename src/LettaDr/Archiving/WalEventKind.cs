namespace LettaDr;

/// <summary>What a record of the log means to whoever recovers a cluster.</summary>
internal enum WalEventKind
{
    /// <summary>A transaction committed.</summary>
    Commit,

    /// <summary>A transaction was rolled back.</summary>
    Abort,

    /// <summary>A restore point was set; its name is the event's text.</summary>
    RestorePoint,

    /// <summary>A message was emitted; prefix and content are the event's text.</summary>
    Message,

    /// <summary>A tablespace was created; its folder is the event's text, which is empty for one inside the data directory.</summary>
    Tablespace,

    /// <summary>The rest of the segment was left empty on purpose.</summary>
    Switch,

    /// <summary>A server shut down in order.</summary>
    Shutdown,

    /// <summary>A recovery ended, and a timeline began.</summary>
    EndOfRecovery,
}
