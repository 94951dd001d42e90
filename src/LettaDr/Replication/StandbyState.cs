namespace LettaDr;

/// <summary>How far a standby is.</summary>
/// <param name="Received">The end of the log that it has received and flushed.</param>
/// <param name="Replayed">The end of what it has replayed.</param>
/// <param name="Timeline">The timeline that it follows.</param>
/// <param name="InRecovery">Whether it is a standby still.</param>
internal sealed record StandbyState(Lsn Received, Lsn Replayed, uint Timeline, bool InRecovery);
