using System.Runtime.CompilerServices;
using Npgsql;

namespace LettaDr.Systems;

/// <summary>The checks of a deployment's PostgreSQL.</summary>
internal sealed class DatabaseChecks(DatabaseEndpoint endpoint) : IAsyncDisposable
{
    private const int OldestServer = 12;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private NpgsqlConnection? _connection;

    /// <summary>Their names in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["DatabaseReachable", "DatabaseAuthenticated", "DatabaseVersion", "DatabaseVector", "DatabaseReady"];

    public async IAsyncEnumerable<CheckResult> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Func<CancellationToken, Task<Check>>[] checks = [ReachableAsync, AuthenticatedAsync, VersionAsync, VectorAsync, ReadyAsync];
        for (var i = 0; i < checks.Length; i++)
        {
            var check = checks[i];
            yield return await Check.RunAsync(Names[i], endpoint.ToString(), () => check(cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<Check> ReachableAsync(CancellationToken cancellationToken) =>
        await TcpReach.TryAsync(endpoint.Host, endpoint.Port, Limit, cancellationToken).ConfigureAwait(false) is { } why
            ? Check.Failed($"{endpoint.Host}:{endpoint.Port} cannot be reached: {why}.",
                "Check host, port and firewall, and that the server runs.")
            : Check.Passed($"{endpoint.Host}:{endpoint.Port} accepts connections.");

    private async Task<Check> AuthenticatedAsync(CancellationToken cancellationToken)
    {
        _connection = await ProbeConnection.OpenAsync(endpoint, Limit, cancellationToken).ConfigureAwait(false);
        return Check.Passed($"{endpoint.UserName} is let into {endpoint.Database}.");
    }

    private Task<Check> VersionAsync(CancellationToken cancellationToken) => WithConnectionAsync(
        async connection =>
        {
            var text = (string)(await ProbeConnection.ScalarAsync(connection, "SHOW server_version", cancellationToken).ConfigureAwait(false))!;
            var version = connection.PostgreSqlVersion;
            return version.Major >= OldestServer
                ? Check.Passed($"PostgreSQL {text}.")
                : Check.Failed($"PostgreSQL {text} is older than {OldestServer}.",
                    $"Upgrade PostgreSQL to {OldestServer} or newer.");
        });

    private Task<Check> VectorAsync(CancellationToken cancellationToken) => WithConnectionAsync(
        async connection => await ProbeConnection.ScalarAsync(
                connection, "SELECT extversion || ' in schema ' || extnamespace::regnamespace FROM pg_extension WHERE extname = 'vector'", cancellationToken)
            .ConfigureAwait(false) is string version
            ? Check.Passed($"pgvector {version}.")
            : Check.Failed($"The extension vector is not installed in {endpoint.Database}.",
                "Create it, or restore the database: Letta's passages need it."));

    /// <summary>As Letta asks: by an unqualified name, so that a lost search_path shows.</summary>
    private Task<Check> ReadyAsync(CancellationToken cancellationToken) => WithConnectionAsync(
        async connection =>
        {
            try
            {
                var revision = await ProbeConnection.ScalarAsync(connection, "SELECT version_num FROM alembic_version", cancellationToken).ConfigureAwait(false);
                var agents = await ProbeConnection.ScalarAsync(connection, "SELECT 1 FROM agents LIMIT 1", cancellationToken).ConfigureAwait(false);
                return revision is string text
                    ? Check.Passed($"Letta's schema is at revision {text}; agents {(agents is null ? "is empty" : "has rows")}.")
                    : Check.Failed("alembic_version is empty.", "Restore the database, or let Letta migrate it.");
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UndefinedTable)
            {
                var path = await ProbeConnection.ScalarAsync(connection, "SHOW search_path", cancellationToken).ConfigureAwait(false);
                var where = await ProbeConnection.ScalarAsync(
                    connection,
                    "SELECT string_agg(quote_ident(schemaname), ', ') FROM pg_tables WHERE tablename = 'alembic_version'",
                    cancellationToken).ConfigureAwait(false);
                return where is string schemas
                    ? Check.Failed(
                        $"Letta's tables are in the schema {schemas}, which the search_path ({path}) does not name: {exception.MessageText}.",
                        $"Set it: ALTER DATABASE … SET search_path TO {schemas}.")
                    : Check.Failed($"The database has none of Letta's tables: {exception.MessageText}.",
                        "Restore a backup, or start Letta once to create them.");
            }
        });

    private async Task<Check> WithConnectionAsync(Func<NpgsqlConnection, Task<Check>> check)
    {
        if (_connection is null)
        {
            return Check.Failed("No connection could be made to ask.", "See DatabaseAuthenticated.");
        }

        try
        {
            return await check(_connection).ConfigureAwait(false);
        }
        catch (PostgresException exception)
        {
            return Check.Failed($"PostgreSQL says: {exception.MessageText}.", "See the server's log for the cause.");
        }
    }
}
