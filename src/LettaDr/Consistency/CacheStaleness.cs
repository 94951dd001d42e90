namespace LettaDr;

/// <summary>How a key contradicts the database, or Letta's own habits.</summary>
internal enum CacheStaleness
{
    /// <summary>It names what the database does not have.</summary>
    Gone,

    /// <summary>It names a run that is over. Letta itself leaves such keys behind.</summary>
    Finished,

    /// <summary>It is a lock that outlives what Letta allows a lock: its worker is dead.</summary>
    AbandonedLock,
}
