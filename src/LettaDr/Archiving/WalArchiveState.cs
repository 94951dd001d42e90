namespace LettaDr;

/// <summary>How the receiving of a server's log is.</summary>
public enum WalArchiveState
{
    /// <summary>It is received: the newest commit found in it is not old.</summary>
    Streaming,

    /// <summary>Something receives, and the newest commit found is older than three heartbeats and half a minute.</summary>
    Stalled,

    /// <summary>Nothing receives.</summary>
    Stopped,
}
