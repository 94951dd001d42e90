namespace LettaDr;

/// <summary>How far a recovery came.</summary>
/// <param name="Lsn">The end of the last record that was replayed.</param>
/// <param name="LastCommit">The last commit that was replayed, by the server's clock; null when there was none.</param>
internal sealed record RecoveredPoint(Lsn Lsn, DateTimeOffset? LastCommit);
