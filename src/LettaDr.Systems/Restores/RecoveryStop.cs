namespace LettaDr.Systems;

/// <summary>Where replay ends and pauses.</summary>
/// <param name="Lsn">The position: where a record begins.</param>
/// <param name="Inclusive">Whether that record is replayed too.</param>
/// <param name="Timeline">The timeline to follow; null stays on the copy's own.</param>
internal sealed record RecoveryStop(Lsn Lsn, bool Inclusive, uint? Timeline);
