namespace LettaDr.Systems;

/// <summary>What a server tells of itself to whoever would receive its log.</summary>
/// <param name="SystemIdentifier">The cluster.</param>
/// <param name="Timeline">Its timeline.</param>
/// <param name="Version">Its version.</param>
/// <param name="SegmentSize">Bytes of each segment.</param>
/// <param name="Time">Its clock.</param>
/// <param name="SlotKind">What the slot of the name is (<c>physical</c>, <c>logical</c>); empty when there is none.</param>
/// <param name="SlotIsActive">Whether somebody receives by it.</param>
/// <param name="NeedsPassword">Whether the loopback address is asked for a password.</param>
/// <param name="OwnLog">Bytes of log that it keeps for itself anyway (<c>max_wal_size</c>).</param>
internal sealed record WalServerFacts(
    string SystemIdentifier, uint Timeline, string Version, int SegmentSize, DateTimeOffset Time, string SlotKind, bool SlotIsActive, bool NeedsPassword,
    long OwnLog);
