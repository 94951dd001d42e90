using System.Globalization;
using Npgsql;

namespace LettaDr.Systems;

/// <summary>
/// A PostgreSQL that recovers a physical copy to a position and pauses there, in a throw-away container without a network. It can be
/// read while it pauses, be sent further, and be promoted.
/// </summary>
internal sealed class RecoveryServer : IAsyncDisposable
{
    private const string Prepare = """
        rm -f "$1/postmaster.pid" "$1/standby.signal"; : > "$1/recovery.signal"
        LC_ALL=C pg_controldata -D "$1"; ls "$1/pg_tblspc" | sed 's/^/tablespace: /'
        """;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly ScratchContainer _container;
    private readonly RecoveryExchange _exchange;
    private readonly WalFeed _feed;
    private readonly string _user;
    private readonly string _directory;
    private readonly OutputTail _log = new();
    private readonly CancellationTokenSource _killed = new();
    private readonly Task<DockerExecResult> _running;
    private string? _superuser;

    private RecoveryServer(ScratchContainer container, RecoveryExchange exchange, WalFeed feed, string user, string directory, IReadOnlyList<string> arguments)
    {
        (_container, _exchange, _feed, _user, _directory) = (container, exchange, feed, user, directory);
        _running = container.Engine.ExecAsync(
            container.Id, ["sh", "-c", "exec postgres \"$@\" 2>&1", "sh", .. arguments], null, null, _log, user, _killed.Token);
    }

    /// <summary>Starts one, and waits until it pauses at its stop.</summary>
    /// <param name="container">Where it runs; it mounts the exchange folder.</param>
    /// <param name="exchange">The exchange folder.</param>
    /// <param name="feed">Gives it the log.</param>
    /// <param name="user">User and group by number or name, whose the files are.</param>
    /// <param name="directory">The files.</param>
    /// <param name="stop">Where replay ends.</param>
    /// <param name="roles">Roles of which one at least exists there.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="LettaDrException">It does not start, or the log ends before its stop; the message has its last words.</exception>
    public static async Task<RecoveryServer> StartAsync(
        ScratchContainer container, RecoveryExchange exchange, WalFeed feed, string user, string directory, RecoveryStop stop,
        IReadOnlyList<string> roles, CancellationToken cancellationToken)
    {
        RecoverySettings.Write(exchange);
        var control = await container.ShellAsync(Prepare, [directory], user, cancellationToken).ConfigureAwait(false);
        var server = new RecoveryServer(container, exchange, feed, user, directory, RecoverySettings.Arguments(directory, control, stop));
        try
        {
            await server.UntilPausedAsync(roles, cancellationToken).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A database of it, as this process reaches it: as the cluster's first superuser, who may read everything.</summary>
    public DatabaseEndpoint Endpoint(string database) => new()
    {
        Host = _exchange.SocketFolder, Database = database, UserName = _superuser ?? "postgres", SslMode = "disable",
    };

    /// <summary>How far it has come.</summary>
    public async Task<(Lsn Lsn, DateTimeOffset? LastCommit)> ReachedAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        var found = await PostgresConnector.QueryAsync(
            connection, "SELECT pg_catalog.pg_last_wal_replay_lsn()::text, pg_catalog.pg_last_xact_replay_timestamp()",
            row => (Lsn.Parse(row.GetString(0)), row.IsDBNull(1) ? (DateTimeOffset?)null : row.GetFieldValue<DateTimeOffset>(1)), cancellationToken).ConfigureAwait(false);
        return found[0];
    }

    /// <summary>Ends recovery: it begins a timeline of its own, which is told, and takes writes.</summary>
    public async Task<uint> PromoteAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        var timeline = await PostgresFaults.GuardAsync(Endpoint("postgres"), async () =>
        {
            await PostgresConnector.ExecuteAsync(connection, "SELECT pg_catalog.pg_wal_replay_resume()", cancellationToken).ConfigureAwait(false);
            while (await PostgresConnector.ScalarAsync<bool>(connection, "SELECT pg_catalog.pg_is_in_recovery()", cancellationToken).ConfigureAwait(false))
            {
                ThrowIfEnded();
                await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
            }

            var segment = await PostgresConnector.ScalarAsync<string>(
                connection, "SELECT pg_catalog.pg_walfile_name(pg_catalog.pg_current_wal_insert_lsn())", cancellationToken).ConfigureAwait(false);
            return uint.Parse(segment.AsSpan(0, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        }).ConfigureAwait(false);

        // This server does not archive, and none does later what it was not told of when that began: without its history nobody finds the timeline.
        var history = new TimelineHistory { Timeline = timeline }.FileName;
        await _container.ShellAsync(
            "cd \"$1/pg_wal\"; if [ -e \"$2\" ]; then : > \"archive_status/$2.ready\"; fi", [_directory, history], _user, cancellationToken).ConfigureAwait(false);
        return timeline;
    }

    /// <summary>Shuts it down in order, so that its files can be started anywhere.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _container.ShellAsync("pg_ctl stop -s -w -t 3600 -m fast -D \"$1\"", [_directory], _user, cancellationToken).ConfigureAwait(false);
        await _running.ConfigureAwait(false);
    }

    /// <summary>Ends it as it is.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_running.IsCompleted)
        {
            await _killed.CancelAsync().ConfigureAwait(false);
        }

        await ((Task)_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _killed.Dispose();
    }

    private async Task UntilPausedAsync(IReadOnlyList<string> roles, CancellationToken cancellationToken)
    {
        while (!await IsPausedAsync(roles, cancellationToken).ConfigureAwait(false))
        {
            ThrowIfEnded();
            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }

        if (_log.Lines().LastOrDefault(line => line.Contains("insufficient parameter settings", StringComparison.Ordinal)) is { } lacking)
        {
            throw Failed($"a setting was raised since the copy was made: {lacking}");
        }
    }

    private async Task<bool> IsPausedAsync(IReadOnlyList<string> roles, CancellationToken cancellationToken)
    {
        try
        {
            if (_superuser is null)
            {
                await FindSuperuserAsync(roles, cancellationToken).ConfigureAwait(false);
            }

            await using var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
            return await PostgresConnector.ScalarAsync<bool>(connection, "SELECT pg_catalog.pg_is_wal_replay_paused()", cancellationToken).ConfigureAwait(false);
        }
        catch (Exception notYet) when (notYet is LettaDrException { Kind: FaultKind.Unreachable } or NpgsqlException)
        {
            return false;
        }
    }

    private async Task FindSuperuserAsync(IReadOnlyList<string> roles, CancellationToken cancellationToken)
    {
        foreach (var role in roles.Append("postgres").Append("letta").Distinct(StringComparer.Ordinal))
        {
            try
            {
                await using var connection = await new PostgresConnector(Endpoint("postgres") with { UserName = role }, "recovery")
                    .OpenMaintenanceAsync(cancellationToken).ConfigureAwait(false);
                // The one that initdb made has this number, whatever it was called.
                _superuser = await PostgresConnector.ScalarAsync<string>(
                    connection, "SELECT rolname::text FROM pg_catalog.pg_roles WHERE oid = 10", cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (LettaDrException other) when (other.Kind is FaultKind.AuthenticationFailed or FaultKind.NotFound or FaultKind.PermissionDenied)
            {
                // There is no such role there.
            }
        }

        throw Failed($"none of the roles {string.Join(", ", roles)} is in it");
    }

    private Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) =>
        new PostgresConnector(Endpoint("postgres"), "recovery").OpenMaintenanceAsync(cancellationToken);

    private void ThrowIfEnded()
    {
        if (_feed.Fault is { } fault)
        {
            throw fault as LettaDrException ?? Failed($"its log could not be given to it: {fault.Message}");
        }

        if (_running.IsCompleted)
        {
            throw Failed("it ended");
        }
    }

    private LettaDrException Failed(string what)
    {
        var lines = _log.Lines();
        // What it says to our own asking whether it is there yet is no cause of anything.
        var words = lines.Where(line => (line.StartsWith("FATAL:", StringComparison.Ordinal) && !line.Contains("the database system is", StringComparison.Ordinal))
            || line.StartsWith("PANIC:", StringComparison.Ordinal)).TakeLast(2).ToList();
        if (words.Exists(line => line.Contains("before configured recovery target was reached", StringComparison.Ordinal)))
        {
            return new LettaDrException(
                "RecoveryTargetNotReached", FaultKind.DataCorrupt, "The log ended, or could not be read any further, before the moment asked for was reached.",
                "Nothing was replaced. Test-LettaWalArchive finds what is wrong with the log; -Latest recovers what is still there.", _container.Id);
        }

        return new LettaDrException(
            "RecoveryFailed", FaultKind.DataCorrupt,
            $"A throw-away PostgreSQL could not recover the copy: {what}; its last words: {string.Join("; ", words.Count > 0 ? words : lines.TakeLast(2))}.",
            "Nothing was replaced. Test the set (Test-LettaBackup) and the log (Test-LettaWalArchive).", _container.Id);
    }
}
