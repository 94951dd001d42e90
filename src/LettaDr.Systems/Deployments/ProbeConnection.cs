using System.Net.Sockets;
using Npgsql;

namespace LettaDr.Systems;

/// <summary>Short connections by which discovery and tests look at a database.</summary>
internal static class ProbeConnection
{
    /// <summary>Opens a connection that is not pooled and gives up after <paramref name="limit"/>.</summary>
    /// <exception cref="LettaDrException">Not reachable, not let in, or no such database.</exception>
    public static async Task<NpgsqlConnection> OpenAsync(DatabaseEndpoint endpoint, TimeSpan limit, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(ConnectionString(endpoint, limit));
        try
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(limit);
            await connection.OpenAsync(timeout.Token).ConfigureAwait(false);
            return connection;
        }
        catch (Exception exception)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (Explain(endpoint, limit, exception) is { } fault)
            {
                throw fault;
            }

            throw;
        }
    }

    /// <summary>One value, or null.</summary>
    public static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is { } value and not DBNull ? value : null;
    }

    private static string ConnectionString(DatabaseEndpoint endpoint, TimeSpan limit)
    {
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = endpoint.Host,
            Port = endpoint.Port,
            Database = endpoint.Database,
            Username = endpoint.UserName,
            Password = endpoint.Password?.Reveal(),
            Pooling = false,
            Timeout = (int)Math.Ceiling(limit.TotalSeconds),
            CommandTimeout = (int)Math.Ceiling(limit.TotalSeconds),
            ApplicationName = "LettaDr",
        };
        if (endpoint.SslMode is { } mode)
        {
            builder.SslMode = mode switch
            {
                "disable" => SslMode.Disable,
                "allow" => SslMode.Allow,
                "require" => SslMode.Require,
                "verify-ca" => SslMode.VerifyCA,
                "verify-full" => SslMode.VerifyFull,
                _ => SslMode.Prefer,
            };
        }

        return builder.ConnectionString;
    }

    private static LettaDrException? Explain(DatabaseEndpoint endpoint, TimeSpan limit, Exception exception) => exception switch
    {
        PostgresException { SqlState: "28P01" or "28000" } refused => new LettaDrException(
            "DatabaseLoginRefused", FaultKind.AuthenticationFailed,
            $"PostgreSQL at {endpoint} refused the login: {refused.MessageText}.",
            "Check the user and the password; give them in a PostgreSQL URI if those found are out of date.", endpoint, refused),
        PostgresException { SqlState: "3D000" } missing => new LettaDrException(
            "DatabaseMissing", FaultKind.NotFound, $"PostgreSQL at {endpoint} answers, but: {missing.MessageText}.",
            "Check the database's name, or restore it.", endpoint, missing),
        PostgresException closed when PostgresFaults.IsClosed(closed) => PostgresFaults.Closed(endpoint, closed),
        PostgresException { SqlState: "57P03" or "53300" } busy => new LettaDrException(
            "DatabaseBusy", FaultKind.Busy, $"PostgreSQL at {endpoint} takes no connection now: {busy.MessageText}.",
            "Wait until it has started, or close sessions, then try again.", endpoint, busy),
        PostgresException other => new LettaDrException(
            "DatabaseRefused", FaultKind.OperationFailed, $"PostgreSQL at {endpoint} refused the connection: {other.MessageText}.",
            "See the server's log for the cause.", endpoint, other),
        OperationCanceledException or TimeoutException or NpgsqlException { InnerException: TimeoutException } => new LettaDrException(
            "DatabaseNotReachable", FaultKind.Unreachable, $"PostgreSQL at {endpoint} did not answer within {limit.TotalSeconds:0.#} s.",
            "Check host, port and firewall, and that the server runs.", endpoint, exception),
        NpgsqlException or SocketException or IOException => new LettaDrException(
            "DatabaseNotReachable", FaultKind.Unreachable, $"PostgreSQL at {endpoint} cannot be reached: {SecretRedaction.Apply(Innermost(exception))}.",
            "Check host, port and firewall, and that the server runs.", endpoint, exception),
        _ => null,
    };

    private static string Innermost(Exception exception) =>
        (exception.InnerException is { } inner ? inner.Message : exception.Message).TrimEnd('.');
}
