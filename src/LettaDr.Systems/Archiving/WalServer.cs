using System.Globalization;

namespace LettaDr.Systems;

/// <summary>Finds out whether a server's log can be received, and what is wrong where it cannot.</summary>
internal static class WalServer
{
    private const string Facts = """
        SELECT current_setting('server_version'), (SELECT setting::bigint * CASE unit WHEN '8kB' THEN 8192 ELSE 1 END FROM pg_catalog.pg_settings WHERE name = 'wal_segment_size'),
          (extract(epoch FROM now()) * 1000)::bigint, coalesce((SELECT slot_type FROM pg_catalog.pg_replication_slots WHERE slot_name = '{0}'), ''),
          coalesce((SELECT active FROM pg_catalog.pg_replication_slots WHERE slot_name = '{0}'), false), current_setting('max_replication_slots')::int - (SELECT count(*) FROM pg_catalog.pg_replication_slots),
          pg_catalog.pg_size_bytes(current_setting('max_wal_size'))
        """;

    /// <summary>Asks the server as the receiver will.</summary>
    /// <exception cref="LettaDrException">Its log cannot be received.</exception>
    public static async Task<WalServerFacts> ProbeAsync(
        DockerEngine docker, ContainerDetails server, DatabaseEndpoint endpoint, int port, string slot, CancellationToken cancellationToken)
    {
        var needsPassword = false;
        var psql = Psql(docker, server, endpoint with { Password = null }, port);
        var (identity, error) = await psql.AskAsync(LoopbackPsql.Replication, "IDENTIFY_SYSTEM", cancellationToken).ConfigureAwait(false);
        if (error?.Contains("no password supplied", StringComparison.Ordinal) == true && endpoint.Password is not null)
        {
            needsPassword = true;
            psql = Psql(docker, server, endpoint, port);
            (identity, error) = await psql.AskAsync(LoopbackPsql.Replication, "IDENTIFY_SYSTEM", cancellationToken).ConfigureAwait(false);
        }

        if (error is not null || identity.Length < 2)
        {
            throw NotReceivable(endpoint, server.Container.Name, error ?? "it did not say which cluster it is");
        }

        var (facts, failure) = await psql.AskAsync("postgres", string.Format(CultureInfo.InvariantCulture, Facts, slot).ReplaceLineEndings(" "), cancellationToken).ConfigureAwait(false);
        if (failure is not null || facts.Length < 7)
        {
            throw NotReceivable(endpoint, server.Container.Name, failure ?? "it did not answer");
        }

        var found = new WalServerFacts(
            identity[0], uint.Parse(identity[1], CultureInfo.InvariantCulture), facts[0], int.Parse(facts[1], CultureInfo.InvariantCulture),
            DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(facts[2], CultureInfo.InvariantCulture)), facts[3], facts[4] == "t", needsPassword,
            long.Parse(facts[6], CultureInfo.InvariantCulture));
        if (found.SlotKind == "logical")
        {
            throw new LettaDrException(
                "SlotIsLogical", FaultKind.Incompatible, $"The replication slot {slot} of {server.Container.Name} is a logical one, which no log is received by.",
                "Name another by -SlotName.", slot);
        }

        return found.SlotKind.Length > 0 || int.Parse(facts[5], CultureInfo.InvariantCulture) > 0
            ? found
            : throw new LettaDrException(
                "NoFreeSlot", FaultKind.InsufficientResources, $"All replication slots of {server.Container.Name} are taken (max_replication_slots).",
                "Drop one that nobody uses any more (pg_replication_slots lists them), or allow more in the server's configuration.", server.Container.Name);
    }

    /// <summary>psql in the server's container, at the loopback address.</summary>
    public static LoopbackPsql Psql(DockerEngine docker, ContainerDetails server, DatabaseEndpoint endpoint, int port) =>
        new(docker, server.Container.Id!, ProgramConnection.Environment(endpoint, "127.0.0.1", port, "lettadr-wal", null));

    /// <summary>psql in the server's container, at the loopback address, as a role that is asked for no password.</summary>
    public static LoopbackPsql Psql(DockerEngine docker, ContainerDetails server, string user, int port) =>
        Psql(docker, server, new DatabaseEndpoint { Host = "127.0.0.1", Port = port, Database = "postgres", UserName = user }, port);

    private static LettaDrException NotReceivable(DatabaseEndpoint endpoint, string container, string error) => error switch
    {
        _ when error.Contains("WAL sender", StringComparison.Ordinal) || error.Contains("replication role", StringComparison.Ordinal) => new(
            "RoleCannotReplicate", FaultKind.PermissionDenied, $"The role {endpoint.UserName} on {container} may not receive the server's log.",
            $"Give it that right (ALTER ROLE \"{endpoint.UserName}\" REPLICATION), or name another role by -Credential.", endpoint.UserName),
        _ when error.Contains("pg_hba.conf", StringComparison.Ordinal) => new(
            "ReplicationRefused", FaultKind.PermissionDenied, $"{container} does not let {endpoint.UserName} receive its log from its own loopback address: {error.Trim()}",
            "Add 'host replication all 127.0.0.1/32 scram-sha-256' to its pg_hba.conf and reload it.", container),
        _ when error.Contains("password", StringComparison.Ordinal) => new(
            "AuthenticationFailed", FaultKind.AuthenticationFailed, $"{container} refused the role {endpoint.UserName}: {error.Trim()}",
            "Give the right password by -Credential.", endpoint.UserName),
        _ => new(
            "LogNotReceivable", FaultKind.OperationFailed, $"The log of {container} cannot be received: {error.Trim()}",
            "See the server's log for the reason; wal_level must be replica or logical, and max_wal_senders more than 0.", container),
    };
}
