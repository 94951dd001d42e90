using System.Net.Sockets;
using Npgsql;

namespace LettaDr.Systems;

/// <summary>Turns what the driver throws into one sentence and its remedy.</summary>
internal static class PostgresFaults
{
    /// <summary>Null for what is no trouble of the server or the network.</summary>
    public static LettaDrException? Translate(Exception failure, DatabaseEndpoint endpoint) => failure switch
    {
        LettaDrException known => known,
        PostgresException reported => Translate(reported, endpoint),
        NpgsqlException { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } } => new(
            "HostNotFound", FaultKind.Unreachable, $"The host {endpoint.Host} is not known.",
            "Check its name, or give the database's address as a URI.", endpoint, failure),
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => new(
            "HostNotFound", FaultKind.Unreachable, $"The host {endpoint.Host} is not known.",
            "Check its name, or give the database's address as a URI.", endpoint, failure),
        NpgsqlException { InnerException: IOException or EndOfStreamException } => new(
            "ConnectionLost", FaultKind.Unreachable, $"The connection to {endpoint.Host}:{endpoint.Port} was lost: {failure.Message.TrimEnd('.')}.",
            "See in the server's log why it ended, then run the command again.", endpoint, failure),
        NpgsqlException or SocketException or TimeoutException => new(
            "DatabaseUnreachable", FaultKind.Unreachable, $"PostgreSQL at {endpoint.Host}:{endpoint.Port} does not answer: {failure.Message.TrimEnd('.')}.",
            "See that the server runs and that this machine may connect to it (Test-LettaDeployment checks both).", endpoint, failure),
        IOException { InnerException: SocketException } => new(
            "ConnectionLost", FaultKind.Unreachable, $"The connection to {endpoint.Host}:{endpoint.Port} was lost: {failure.Message.TrimEnd('.')}.",
            "See in the server's log why it ended, then run the command again.", endpoint, failure),
        _ => null,
    };

    /// <summary>Runs work on a server and tells what fails in one sentence.</summary>
    public static async Task<T> GuardAsync<T>(DatabaseEndpoint endpoint, Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException and not LettaDrException
            && Translate(failure, endpoint) is not null)
        {
            throw Translate(failure, endpoint)!;
        }
    }

    /// <summary>Whether a database refuses connections; the role and its password have been accepted then.</summary>
    public static bool IsClosed(PostgresException reported) =>
        reported is { SqlState: PostgresErrorCodes.ObjectNotInPrerequisiteState, InvariantSeverity: "FATAL" };

    public static LettaDrException Closed(DatabaseEndpoint endpoint, PostgresException reported) => new(
        "DatabaseClosed", FaultKind.Busy, $"The database {endpoint.Database} on {endpoint.Host}:{endpoint.Port} takes no connections, as in maintenance: {reported.MessageText}.",
        "Exit-LettaMaintenance ends maintenance; Enter-LettaMaintenance -AllowConnections opens the database and leaves the server stopped.", endpoint, reported);

    private static LettaDrException Translate(PostgresException reported, DatabaseEndpoint endpoint) => reported.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => new(
            "AuthenticationFailed", FaultKind.AuthenticationFailed,
            $"PostgreSQL at {endpoint.Host}:{endpoint.Port} refused the role {endpoint.UserName}: {reported.MessageText}.",
            "Give the right password (-Credential, or in the deployment's .env), and see that pg_hba.conf lets this role in.", endpoint, reported),
        PostgresErrorCodes.ObjectNotInPrerequisiteState when IsClosed(reported) => Closed(endpoint, reported),
        PostgresErrorCodes.InvalidCatalogName => new(
            "DatabaseNotFound", FaultKind.NotFound,
            $"There is no database {endpoint.Database} on {endpoint.Host}:{endpoint.Port}.",
            "Check its name; after a loss, restore it with Restore-LettaDatabase.", endpoint, reported),
        PostgresErrorCodes.InsufficientPrivilege when reported.MessageText.Contains("row-level security", StringComparison.Ordinal) => new(
            "RowSecurityHidesRows", FaultKind.PermissionDenied,
            $"The role {endpoint.UserName} does not see all rows of {endpoint.Database}: {reported.MessageText}.",
            "Back up as a superuser, or give the role BYPASSRLS.", endpoint, reported),
        PostgresErrorCodes.InsufficientPrivilege => new(
            "PermissionDenied", FaultKind.PermissionDenied,
            $"The role {endpoint.UserName} on {endpoint.Host}:{endpoint.Port} may not do this: {reported.MessageText}.",
            "Connect as a superuser or as the owner of the database (-Credential).", endpoint, reported),
        PostgresErrorCodes.DiskFull => new(
            "ServerDiskFull", FaultKind.InsufficientResources,
            $"The disk of the server {endpoint.Host}:{endpoint.Port} is full: {reported.MessageText}.",
            "Free some space there and run the command again.", endpoint, reported),
        PostgresErrorCodes.OutOfMemory => new(
            "ServerOutOfMemory", FaultKind.InsufficientResources,
            $"The server {endpoint.Host}:{endpoint.Port} is out of memory: {reported.MessageText}.",
            "Give its container more memory or /dev/shm, or use fewer -Jobs.", endpoint, reported),
        PostgresErrorCodes.TooManyConnections => new(
            "TooManyConnections", FaultKind.Busy,
            $"The server {endpoint.Host}:{endpoint.Port} takes no more connections: {reported.MessageText}.",
            "Use fewer -Jobs, or end sessions that are not needed.", endpoint, reported),
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow => new(
            "ServerShutDown", FaultKind.Unreachable,
            $"The server {endpoint.Host}:{endpoint.Port} ended the session or is not ready: {reported.MessageText}.",
            "See in its log why, wait until it is ready, then run the command again.", endpoint, reported),
        PostgresErrorCodes.ObjectInUse => new(
            "DatabaseInUse", FaultKind.Busy,
            $"Somebody has connected to the database meanwhile: {reported.MessageText}.",
            "Stop Letta first, or say -DisconnectSessions to end sessions at the swap.", endpoint, reported),
        PostgresErrorCodes.LockNotAvailable => new(
            "TableLocked", FaultKind.Busy,
            $"A table of {endpoint.Database} stayed locked by another session: {reported.MessageText}.",
            "Wait until the migration or maintenance that holds it has ended (pg_locks shows it), then run the command again.", endpoint, reported),
        _ => new(
            "DatabaseError", FaultKind.OperationFailed,
            $"PostgreSQL at {endpoint.Host}:{endpoint.Port} reported {reported.SqlState}: {reported.MessageText}.",
            "The server's log has more; nothing was published or replaced.", endpoint, reported),
    };
}
