namespace LettaDr;

/// <summary>Where one of a stanza's repositories keeps the log of a cluster.</summary>
/// <param name="Id">pgBackRest's name for it: version and number of the cluster, e.g. <c>17-1</c>.</param>
/// <param name="Repository">The repository.</param>
/// <param name="SystemIdentifier">The cluster.</param>
internal sealed record PgBackRestArchive(string Id, int Repository, string SystemIdentifier);
