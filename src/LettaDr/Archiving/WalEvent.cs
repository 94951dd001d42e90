namespace LettaDr;

/// <summary>A record of the log that means something to whoever recovers a cluster.</summary>
/// <param name="Start">Where the record begins.</param>
/// <param name="End">Where the next one begins: recovered to here, a cluster has seen it.</param>
/// <param name="Kind">What it means.</param>
/// <param name="TransactionId">The transaction; 0 where there is none.</param>
/// <param name="Time">When, by the server's clock; null where the record does not tell.</param>
/// <param name="Text">A restore point's name, a message, or a tablespace's folder; null for others.</param>
internal sealed record WalEvent(Lsn Start, Lsn End, WalEventKind Kind, uint TransactionId, DateTimeOffset? Time, string? Text);
