namespace LettaDr;

/// <summary>Where replay ends for a moment.</summary>
/// <param name="Stop">Where a record begins.</param>
/// <param name="Inclusive">Whether that record is replayed too.</param>
/// <param name="LastCommit">The last commit before, by the server's clock; null when there is none after the copy.</param>
internal sealed record RecoveryReach(Lsn Stop, bool Inclusive, DateTimeOffset? LastCommit);
