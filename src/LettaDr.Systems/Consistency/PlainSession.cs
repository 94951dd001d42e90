using Npgsql;

namespace LettaDr.Systems;

/// <summary>A session as Letta opens one: with the settings of server, database and role, and no others.</summary>
internal static class PlainSession
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    public static Task<NpgsqlConnection> OpenAsync(DatabaseEndpoint endpoint, CancellationToken cancellationToken) =>
        ProbeConnection.OpenAsync(endpoint, Limit, cancellationToken);
}
