namespace LettaDr;

/// <summary>What pgBackRest is asked to do for a set.</summary>
/// <param name="Stanza">The stanza; null for the only one of the cluster.</param>
/// <param name="Type">How much is copied; without a full backup to build on, pgBackRest makes one and says so.</param>
/// <param name="Repository">Which of the stanza's repositories it goes to; null for pgBackRest's own choice.</param>
internal sealed record PgBackRestRequest(string? Stanza, PgBackRestBackupType Type, int? Repository);
