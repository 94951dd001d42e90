using Npgsql;

namespace LettaDr.Systems;

/// <summary>A PostgreSQL server that databases are restored to.</summary>
internal sealed class PostgresDatabaseTarget(
    PostgresConnector connector, PostgresPrograms programs, ServerResources resources) : IDatabaseTarget
{
    private NpgsqlConnection? _maintenance;

    public async Task<TargetProfile> InspectAsync(string database, CancellationToken cancellationToken)
    {
        var maintenance = await MaintenanceAsync(cancellationToken).ConfigureAwait(false);
        var inspection = new TargetInspection(connector, maintenance, programs, resources);
        return await TranslateAsync(() => inspection.ReadAsync(database, cancellationToken)).ConfigureAwait(false);
    }

    public Task RequireProgramsAsync(int archiveMajor, CancellationToken cancellationToken) =>
        programs.RequireAsync("pg_restore", archiveMajor, cancellationToken);

    public async Task<IAsyncDisposable> LockAsync(string database, CancellationToken cancellationToken)
    {
        // A session of its own: the lock lives as long as it, and dies with this process.
        var holder = await connector.OpenMaintenanceAsync(cancellationToken).ConfigureAwait(false);
        var taken = await PostgresConnector.QueryAsync(
            holder, "SELECT pg_catalog.pg_try_advisory_lock(pg_catalog.hashtextextended('lettadr:' || $1, 0))",
            row => row.GetBoolean(0), cancellationToken, database).ConfigureAwait(false);
        if (taken[0])
        {
            return holder;
        }

        await holder.DisposeAsync().ConfigureAwait(false);
        throw new LettaDrException(
            "RestoreRunning", FaultKind.Busy,
            $"Another restore of {database} is running on {connector.Endpoint.Host}:{connector.Endpoint.Port}.",
            "Wait until it has ended; its lock goes with its process.", database);
    }

    public async Task<IReadOnlyList<TargetDatabase>> FindMarkedAsync(string database, CancellationToken cancellationToken)
    {
        var maintenance = await MaintenanceAsync(cancellationToken).ConfigureAwait(false);
        var all = await TranslateAsync(() => PostgresConnector.QueryAsync(
            maintenance,
            """
            SELECT d.datname, r.rolname, pg_catalog.shobj_description(d.oid, 'pg_database')
            FROM pg_catalog.pg_database AS d JOIN pg_catalog.pg_roles AS r ON r.oid = d.datdba
            """,
            row => new TargetDatabase { Name = row.GetString(0), Owner = row.GetString(1), Comment = row.IsDBNull(2) ? null : row.GetString(2) },
            cancellationToken)).ConfigureAwait(false);
        return [.. all.Select(found => found with { Comment = found.Comment ?? MarkByName(found.Name, database) })
            .Where(found => found.Mark?.Target == database)];
    }

    public Task CreateRolesAsync(IReadOnlyList<DatabaseRole> roles, CancellationToken cancellationToken) =>
        ExecuteAsync([.. roles.Select(role => $"CREATE ROLE {PostgresName.Quote(role.Name)} NOLOGIN")], cancellationToken);

    public async Task CreateDatabaseAsync(
        string name, DatabaseInventory like, string? owner, DatabaseMark mark, CancellationToken cancellationToken)
    {
        await ExecuteAsync(
            [
                DatabaseCreation.Statement(like.Database, name, owner ?? like.Database.Owner),
                CommentStatement(name, mark.Write()),
            ],
            cancellationToken).ConfigureAwait(false);
        await InDatabaseAsync(name, DatabaseCreation.EmptyDatabaseStatements(like, owner), cancellationToken).ConfigureAwait(false);
    }

    public async Task<IStagedArchive> StageAsync(Stream archive, DatabaseInventory inventory, CancellationToken cancellationToken)
    {
        // A restore holds its lock in a session of its name from before this to its end: whoever has none has died.
        var maintenance = await MaintenanceAsync(cancellationToken).ConfigureAwait(false);
        await TranslateAsync(() => programs.UnstageOrphansAsync(maintenance, cancellationToken)).ConfigureAwait(false);
        return new StagedArchive(programs, await programs.StageAsync(archive, cancellationToken).ConfigureAwait(false), inventory);
    }

    public Task WriteRowsAsync(
        string name, TableInventory table, IReadOnlyList<Func<Stream>> files, bool frozen, Action<long> onBytes,
        CancellationToken cancellationToken) => TranslateAsync(async () =>
    {
        var (written, connection) = await connector.StreamAsync(
            name, null, connection => new RowWriter(connection, table, onBytes).Write(files, frozen, cancellationToken),
            cancellationToken).ConfigureAwait(false);
        await connection.DisposeAsync().ConfigureAwait(false);
        return written;
    });

    public Task ApplySettingsAsync(string name, DatabaseInventory like, string? owner, CancellationToken cancellationToken) => ExecuteAsync(
        [
            .. like.Settings.Where(setting => owner is null || setting.Role is null)
                .Select(setting => DatabaseCreation.SettingStatement(setting, name)),
            .. owner is null ? DatabaseCreation.PrivilegeStatements(like.Database, name) : [],
            $"ALTER DATABASE {PostgresName.Quote(name)} CONNECTION LIMIT {like.Database.ConnectionLimit}",
        ],
        cancellationToken);

    public async Task AnalyzeAsync(string name, CancellationToken cancellationToken)
    {
        var connection = await connector.OpenAsync(name, cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        var tables = await TranslateAsync(() => PostgresConnector.QueryAsync(
            connection, PostgresSql.Unanalyzed, row => row.GetString(0), cancellationToken)).ConfigureAwait(false);
        await ExecuteAsync(connection, [.. tables.Select(table => "ANALYZE " + table)], cancellationToken).ConfigureAwait(false);
    }

    public IDatabaseSource OpenSource(string name) => new PostgresDatabaseSource(connector.For(name), null);

    public Task CommentAsync(string name, string? comment, CancellationToken cancellationToken) =>
        ExecuteAsync([CommentStatement(name, comment)], cancellationToken);

    public async Task SwapAsync(DatabaseSwap swap, CancellationToken cancellationToken)
    {
        var door = swap.LiveExists ? await DoorAsync(swap.Live, cancellationToken).ConfigureAwait(false) : null;
        var note = MaintenanceNote.Read(door?.Comment);
        var (comment, aside) = note is null
            ? (swap.ReplacementComment, swap.SetAsideMark)
            : ((note with { Comment = swap.ReplacementComment }).Write(), swap.SetAsideMark with { Comment = note.Comment });
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var terminator = swap is { DisconnectSessions: true, LiveExists: true }
            ? EndSessionsAsync(swap.Live, ending.Token)
            : Task.CompletedTask;
        try
        {
            // Until the commit nobody can connect under the live name: the rename holds the database's lock.
            await ExecuteAsync(
                [
                    "BEGIN",
                    .. swap.LiveExists
                        ? [$"ALTER DATABASE {PostgresName.Quote(swap.Live)} RENAME TO {PostgresName.Quote(swap.SetAside)}",
                            CommentStatement(swap.SetAside, aside.Write())]
                        : (IEnumerable<string>)[],
                    $"ALTER DATABASE {PostgresName.Quote(swap.Replacement)} RENAME TO {PostgresName.Quote(swap.Live)}",
                    CommentStatement(swap.Live, comment),
                    .. door is { AllowsConnections: false }
                        ? [$"ALTER DATABASE {PostgresName.Quote(swap.Live)} ALLOW_CONNECTIONS false",
                            $"ALTER DATABASE {PostgresName.Quote(swap.SetAside)} ALLOW_CONNECTIONS {(note?.AllowedConnections == false ? "false" : "true")}"]
                        : (IEnumerable<string>)[],
                    "COMMIT",
                ],
                cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await terminator.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public Task DropAsync(string name, CancellationToken cancellationToken) =>
        ExecuteAsync([$"DROP DATABASE IF EXISTS {PostgresName.Quote(name)} WITH (FORCE)"], cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_maintenance is not null)
        {
            await _maintenance.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Maintenance is of the name that applications connect to: whichever database bears it stays closed.</summary>
    private async Task<DatabaseDoorState?> DoorAsync(string database, CancellationToken cancellationToken)
    {
        var door = new PostgresDoor(connector.Endpoint with { Database = database }, connector.OperationId);
        await using var closing = door.ConfigureAwait(false);
        return await door.InspectAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends sessions for as long as the rename waits for them: it lets no new ones in, and gives up after five seconds.</summary>
    private async Task EndSessionsAsync(string database, CancellationToken cancellationToken)
    {
        var connection = await connector.OpenMaintenanceAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        while (true)
        {
            await PostgresConnector.QueryAsync(
                connection,
                "SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend'",
                row => row.GetBoolean(0), cancellationToken, database).ConfigureAwait(false);
            await Task.Delay(100, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A process may die after CREATE DATABASE, before the comment: then the name alone tells what the database was to be.</summary>
    private static string? MarkByName(string name, string target)
    {
        const int IdLength = 23;
        var id = name.Length > IdLength ? name[^IdLength..] : string.Empty;
        return OperationId.TimeOf(id) is { } time && name == DatabaseMark.NameBeside(target, DatabaseMark.Restoring, id)
            ? new DatabaseMark(DatabaseMark.Restoring, target, string.Empty, time, null).Write()
            : null;
    }

    private static string CommentStatement(string name, string? comment) =>
        $"COMMENT ON DATABASE {PostgresName.Quote(name)} IS {(comment is null ? "NULL" : PostgresName.Literal(comment))}";

    private async Task<NpgsqlConnection> MaintenanceAsync(CancellationToken cancellationToken)
    {
        if (_maintenance?.FullState != System.Data.ConnectionState.Open)
        {
            _maintenance = await connector.OpenMaintenanceAsync(cancellationToken).ConfigureAwait(false);
        }

        return _maintenance;
    }

    private async Task ExecuteAsync(IReadOnlyList<string> statements, CancellationToken cancellationToken)
    {
        var connection = await connector.OpenMaintenanceAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        await ExecuteAsync(connection, statements, cancellationToken).ConfigureAwait(false);
    }

    private async Task InDatabaseAsync(string name, IReadOnlyList<string> statements, CancellationToken cancellationToken)
    {
        var connection = await connector.OpenAsync(name, cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        await ExecuteAsync(connection, statements, cancellationToken).ConfigureAwait(false);
    }

    private Task ExecuteAsync(NpgsqlConnection connection, IReadOnlyList<string> statements, CancellationToken cancellationToken) =>
        TranslateAsync(async () =>
        {
            foreach (var statement in statements)
            {
                await PostgresConnector.ExecuteAsync(connection, statement, cancellationToken).ConfigureAwait(false);
            }

            return true;
        });

    private Task<T> TranslateAsync<T>(Func<Task<T>> work) => PostgresFaults.GuardAsync(connector.Endpoint, work);
}
