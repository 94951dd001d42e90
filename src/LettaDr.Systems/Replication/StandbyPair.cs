using System.Globalization;
using System.Text;
using Npgsql;

namespace LettaDr.Systems;

/// <summary>A copy's database and a standby of it by streaming replication, in containers on the copy's network.</summary>
internal sealed class StandbyPair : IFailoverSite
{
    private const string Slot = "lettadr_drill";
    private const string Writer = "lettadr_drill";
    private const string Written = Writer + ".written";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly DrTestCopy _copy;
    private readonly LettaDeployment _former;
    private DatabaseEndpoint _standby;
    private readonly SandboxReadiness _readiness;
    private bool _promoted;

    private StandbyPair(DrTestCopy copy, LettaDeployment former, DatabaseEndpoint standby) =>
        (_copy, _former, _standby, _readiness) = (copy, former, standby, new SandboxReadiness(copy.Engine));

    private DatabaseEndpoint Primary => _promoted ? _standby : _former.Database;

    /// <summary>Lets replication in, copies the primary into a new container, and waits until that streams.</summary>
    public static async Task<StandbyPair> MakeAsync(DrTestCopy copy, CancellationToken cancellationToken)
    {
        var former = await copy.Members.CurrentAsync(cancellationToken).ConfigureAwait(false);
        var primary = former.Database;
        await ShellAsync(copy, primary, $"printf 'host replication all all scram-sha-256\\n' >> \"$PGDATA/pg_hba.conf\" && pg_ctl reload -s -D \"$PGDATA\"", cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(primary, $"SELECT pg_create_physical_replication_slot('{Slot}')", cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(primary, $"CREATE DATABASE {Writer}", cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(primary with { Database = Writer }, $"CREATE SCHEMA {Writer}; CREATE TABLE {Written} (number integer PRIMARY KEY)", cancellationToken).ConfigureAwait(false);

        var now = DateTimeOffset.UtcNow;
        var labels = new Dictionary<string, string>(copy.Request.Labels);
        foreach (var (name, value) in SandboxLabels.Of(copy.Name, now, "letta_standby"))
        {
            labels[name] = value;
        }

        var id = await copy.Engine.Containers.RunAsync(
            new DockerRunRequest
            {
                Image = copy.Request.DatabaseImage, Name = $"{copy.Name}-letta_standby-1", Labels = labels, Network = copy.Network, NetworkAliases = ["letta_standby"],
                Environment = new Dictionary<string, string> { ["PGPASSWORD"] = primary.Password!.Reveal(), ["PGUSER"] = primary.UserName },
                Entrypoint = ["sh", "-euc"],
                // The password goes with the standby's own settings into a file that only postgres reads, as pg_basebackup -R writes it.
                Command =
                [
                    $"""
                    if [ ! -s "$PGDATA/PG_VERSION" ]; then
                        mkdir -p "$PGDATA"; chown postgres: "$PGDATA"; chmod 700 "$PGDATA"
                        su postgres -s /bin/sh -c 'pg_basebackup -D "$PGDATA" -h {SandboxStack.DatabaseService} -R -S {Slot} -X stream -c fast'
                    fi
                    unset PGPASSWORD PGUSER
                    exec docker-entrypoint.sh postgres {string.Join(' ', copy.Request.DatabaseArguments)}
                    """,
                ],
            },
            cancellationToken).ConfigureAwait(false);
        var readiness = new SandboxReadiness(copy.Engine);
        await readiness.CommandAsync(id, ["pg_isready", "-q", "-h", "127.0.0.1", "-U", "letta"], cancellationToken).ConfigureAwait(false);
        var container = await copy.Engine.InspectAsync(id, cancellationToken).ConfigureAwait(false);
        var pair = new StandbyPair(copy, former, primary with { Container = container, Host = container.Address ?? primary.Host });
        await pair.UntilAsync(
            id,
            () => ScalarAsync<bool>(primary, "SELECT EXISTS (SELECT FROM pg_stat_replication WHERE state = 'streaming')", cancellationToken),
            "The standby does not stream.", cancellationToken).ConfigureAwait(false);
        return pair;
    }

    public async Task<StandbyState> StandbyAsync(CancellationToken cancellationToken)
    {
        var text = await ScalarAsync<string>(
            _standby,
            """
            SELECT concat_ws(' ', coalesce(pg_last_wal_receive_lsn(), '0/0'), coalesce(pg_last_wal_replay_lsn(), '0/0'), timeline_id, pg_is_in_recovery())
              FROM pg_control_checkpoint()
            """,
            cancellationToken).ConfigureAwait(false);
        var parts = text!.Split(' ');
        return new StandbyState(Lsn.Parse(parts[0]), Lsn.Parse(parts[1]), uint.Parse(parts[2], CultureInfo.InvariantCulture), parts[3] == "t");
    }

    public async Task<Lsn> PrimaryPositionAsync(CancellationToken cancellationToken) =>
        Lsn.Parse((await ScalarAsync<string>(Primary, "SELECT pg_current_wal_lsn()::text", cancellationToken).ConfigureAwait(false))!);

    public Task WriteAsync(int number, CancellationToken cancellationToken) => ExecuteAsync(
        Primary with { Database = Writer }, string.Create(CultureInfo.InvariantCulture, $"INSERT INTO {Written} VALUES ({number})"), cancellationToken);

    public Task RemoveAsync(int number, CancellationToken cancellationToken) => ExecuteAsync(
        Primary with { Database = Writer }, string.Create(CultureInfo.InvariantCulture, $"DELETE FROM {Written} WHERE number = {number}"), cancellationToken);

    public async Task<IReadOnlyList<int>> ReadAsync(CancellationToken cancellationToken)
    {
        return await AskAsync(
            Primary with { Database = Writer },
            connection => PostgresConnector.QueryAsync(connection, $"SELECT number FROM {Written} ORDER BY number", reader => reader.GetInt32(0), cancellationToken),
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<bool> FormerAcceptsWritesAsync(CancellationToken cancellationToken)
    {
        var container = await _copy.Engine.InspectAsync(_former.Database.Container!.Id!, cancellationToken).ConfigureAwait(false);
        if (!container.IsRunning)
        {
            return false;
        }

        try
        {
            return !await ScalarAsync<bool>(_former.Database with { Host = container.Address ?? _former.Database.Host }, "SELECT pg_is_in_recovery()", cancellationToken).ConfigureAwait(false);
        }
        catch (LettaDrException fault) when (fault.Kind == FaultKind.Unreachable)
        {
            // It runs and nobody gets an answer: that is no proof that it takes none.
            return true;
        }
    }

    public Task KillPrimaryAsync(CancellationToken cancellationToken) => _copy.Engine.Containers.KillAsync(_former.Database.Container!.Id!, cancellationToken);

    public async Task<uint> PromoteAsync(CancellationToken cancellationToken)
    {
        if (!await ScalarAsync<bool>(_standby, $"SELECT pg_promote(true, {Limit.TotalSeconds:0})", cancellationToken).ConfigureAwait(false))
        {
            throw DrTestVerification.Failed("The standby was not promoted in time.", "See the standby's log.");
        }

        _promoted = true;
        await UntilAsync(
            _standby.Container!.Id!,
            async () => !await ScalarAsync<bool>(_standby, "SELECT pg_is_in_recovery()", cancellationToken).ConfigureAwait(false),
            "The promoted standby is in recovery still.", cancellationToken).ConfigureAwait(false);
        // The control file tells the timeline only after a checkpoint; the log's own position tells it at once.
        var segment = await ScalarAsync<string>(_standby, "SELECT pg_walfile_name(pg_current_wal_lsn())", cancellationToken).ConfigureAwait(false);
        return uint.Parse(segment![..8], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    public async Task RepointAsync(CancellationToken cancellationToken)
    {
        // By name, as the server knows its database: the standby takes the names over, and the server connects anew.
        var standby = _standby.Container!.Id!;
        await _copy.Engine.Containers.DisconnectAsync(_copy.Network, standby, cancellationToken).ConfigureAwait(false);
        await _copy.Engine.Containers.ConnectAsync(_copy.Network, standby, [.. SandboxStack.DatabaseAliases, "letta_standby"], cancellationToken).ConfigureAwait(false);
        var container = await _copy.Engine.InspectAsync(standby, cancellationToken).ConfigureAwait(false);
        _standby = _standby with { Container = container, Host = container.Address ?? _standby.Host };
        _copy.UseDatabase(_former with
        {
            Database = _standby,
            Containers = [container, .. _former.Containers.Where(other => other.Id != _former.Database.Container!.Id)],
        });
    }

    public async Task<string> RejoinFormerAsync(CancellationToken cancellationToken)
    {
        var former = _former.Database;
        var image = former.Container!.Image!;
        await ExecuteAsync(_standby, $"SELECT pg_create_physical_replication_slot('{Slot}_back')", cancellationToken).ConfigureAwait(false);
        // Rewinding compares with the last checkpoint of the new primary: without one it would find the old timeline there.
        await ExecuteAsync(_standby, "CHECKPOINT", cancellationToken).ConfigureAwait(false);
        string how;
        await using (var scratch = await ScratchContainer.StartAsync(
            _copy.Engine, image, null, former.Container.Volumes, cancellationToken, _copy.Network).ConfigureAwait(false))
        {
            using var password = new MemoryStream(Encoding.UTF8.GetBytes($"*:*:*:*:{former.Password!.Reveal()}\n"));
            await scratch.WriteAsync("/tmp/lettadr/pgpass", password, null, cancellationToken).ConfigureAwait(false);
            how = await scratch.ShellAsync(
                """
                chown -R postgres: /tmp/lettadr
                exec su postgres -s /bin/sh -c 'set -eu
                    export PATH="$0" PGDATA="$1" PGPASSFILE=/tmp/lettadr/pgpass
                    source="host=letta_standby user=$2 dbname=postgres"
                    # What the kill left is recovered first, without anybody being let in, and by what the files say, not the command line.
                    printf "wal_log_hints = on\nwal_keep_size = 1GB\n" >> "$PGDATA/postgresql.auto.conf"
                    if pg_rewind -D "$PGDATA" --source-server="$source" -R >&2; then
                        echo pg_rewind
                    else
                        # Rewinding needs log that may be gone; a fresh copy always does.
                        find "$PGDATA" -mindepth 1 -delete
                        pg_basebackup -D "$PGDATA" -d "$source" -X stream -c fast -R >&2
                        echo "a new base backup"
                    fi
                    printf "primary_conninfo = '\''host=letta_standby user=%s password=%s'\''\nprimary_slot_name = '\''%s'\''\n" "$2" "$(cut -d: -f5 "$PGPASSFILE")" "$3" >> "$PGDATA/postgresql.auto.conf"
                    ' "$PATH" "$PGDATA" "$1" "$2"
                """,
                [former.UserName, Slot + "_back"], null, cancellationToken).ConfigureAwait(false);
        }

        // It must not be found under the primary's names any more.
        await _copy.Engine.Containers.DisconnectAsync(_copy.Network, former.Container.Id!, cancellationToken).ConfigureAwait(false);
        await _copy.Engine.Containers.ConnectAsync(_copy.Network, former.Container.Id!, ["letta_former"], cancellationToken).ConfigureAwait(false);
        await _copy.Engine.Containers.StartAsync(former.Container.Id!, cancellationToken).ConfigureAwait(false);
        await _readiness.CommandAsync(former.Container.Id!, ["pg_isready", "-q", "-h", "127.0.0.1", "-U", "letta"], cancellationToken).ConfigureAwait(false);
        var place = await _copy.Engine.InspectAsync(former.Container.Id!, cancellationToken).ConfigureAwait(false);
        var follower = former with { Host = place.Address ?? former.Host };
        var goal = await ScalarAsync<string>(_standby, "SELECT pg_current_wal_lsn()::text", cancellationToken).ConfigureAwait(false);
        await UntilAsync(
            former.Container.Id!,
            () => ScalarAsync<bool>(follower, $"SELECT pg_is_in_recovery() AND pg_last_wal_replay_lsn() >= '{goal}'::pg_lsn", cancellationToken),
            "The former primary does not follow the new one.", cancellationToken).ConfigureAwait(false);
        return how.Trim();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task ShellAsync(DrTestCopy copy, DatabaseEndpoint database, string script, CancellationToken cancellationToken)
    {
        var result = await copy.Engine.ExecAsync(database.Container!.Id!, ["sh", "-euc", script], null, null, null, "postgres", cancellationToken).ConfigureAwait(false);
        if (result.ExitCode != 0)
        {
            throw ScratchContainer.Failed(result, database.Container.Id!);
        }
    }

    private static Task ExecuteAsync(DatabaseEndpoint database, string sql, CancellationToken cancellationToken) => AskAsync(
        database,
        async connection =>
        {
            await PostgresConnector.ExecuteAsync(connection, sql, cancellationToken).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    private static Task<T?> ScalarAsync<T>(DatabaseEndpoint database, string sql, CancellationToken cancellationToken) =>
        AskAsync(database, connection => PostgresConnector.ScalarAsync<T>(connection, sql, cancellationToken), cancellationToken);

    private static async Task<T> AskAsync<T>(DatabaseEndpoint database, Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var connection = await new PostgresConnector(database, OperationId.Next()).OpenAsync(null, cancellationToken).ConfigureAwait(false);
        try
        {
            return await work(connection).ConfigureAwait(false);
        }
        catch (NpgsqlException failure) when (PostgresFaults.Translate(failure, database) is { } fault)
        {
            throw fault;
        }
    }

    private async Task UntilAsync(string container, Func<Task<bool>> isSo, string otherwise, CancellationToken cancellationToken)
    {
        for (var deadline = DateTimeOffset.UtcNow + Limit; !await isSo().ConfigureAwait(false);)
        {
            if (DateTimeOffset.UtcNow > deadline)
            {
                var log = await ContainerLog.LastLinesAsync(_copy.Engine, container, 5, cancellationToken).ConfigureAwait(false);
                throw DrTestVerification.Failed($"{otherwise} Its log ends with: {string.Join(" / ", log)}", "See what its log says.");
            }

            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }
}
