using System.Buffers;
using Npgsql;

namespace LettaDr.Systems;

/// <summary>A PostgreSQL database read in one snapshot by as many connections as there are readers.</summary>
internal sealed class PostgresDatabaseSource(PostgresConnector connector, PostgresPrograms? programs) : IDatabaseSource
{
    private const int SnapshotAttempts = 5;
    private const int BufferSize = 256 * 1024;

    private NpgsqlConnection? _control;
    private SnapshotReaders? _readers;
    private string? _snapshot;
    private string? _lockStatement;

    /// <summary>
    /// Whether sequences are noted as they were before the snapshot and not just after it: a recovery to the snapshot's position must
    /// not find them behind what is noted.
    /// </summary>
    public bool SequencesFirst { get; init; }

    public bool SupportsRangeScans => _control!.PostgreSqlVersion.Major >= 14;

    public Task<DatabaseInventory> BeginSnapshotAsync(CancellationToken cancellationToken) => TranslateAsync(async () =>
    {
        _control = await connector.OpenControlAsync(cancellationToken).ConfigureAwait(false);
        if (programs is not null)
        {
            await programs.RequireAsync("pg_dump", _control.PostgreSqlVersion.Major, cancellationToken).ConfigureAwait(false);
        }

        var systemIdentifier = await PostgresConnector.SystemIdentifierAsync(_control, cancellationToken).ConfigureAwait(false);
        var reader = new InventoryReader(_control, systemIdentifier);
        for (var attempt = 1; ; attempt++)
        {
            var sequences = SequencesFirst ? await reader.ReadSequencesAsync(cancellationToken).ConfigureAwait(false) : null;
            var locked = await LockTablesAsync(reader, cancellationToken).ConfigureAwait(false);
            _snapshot = await PostgresConnector.ScalarAsync<string>(
                _control, "SELECT pg_catalog.pg_export_snapshot()", cancellationToken).ConfigureAwait(false);
            var inventory = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            var late = inventory.Tables.Where(table => !locked.Contains((table.Schema, table.Name))).ToList();
            if (late.Count == 0 || await LockLateAsync(inventory.Tables, late, cancellationToken).ConfigureAwait(false))
            {
                _readers = new SnapshotReaders(connector, _control, _snapshot!, _lockStatement);
                return sequences is null ? inventory : inventory with { Sequences = [.. sequences.Where(noted => inventory.Sequences.Any(now => now.Identity == noted.Identity))] };
            }

            await PostgresConnector.ExecuteAsync(_control, "ROLLBACK", cancellationToken).ConfigureAwait(false);
            if (attempt == SnapshotAttempts)
            {
                throw new LettaDrException(
                    "SchemaKeepsChanging", FaultKind.Busy,
                    $"Tables keep being created in {connector.Endpoint.Database} while the snapshot is taken.",
                    "Wait until the migration has ended, then run the command again.", connector.Endpoint);
            }
        }
    });

    /// <summary>Which transactions the snapshot sees.</summary>
    public Task<TransactionSnapshot> VisibleAsync(CancellationToken cancellationToken) => TranslateAsync(async () => TransactionSnapshot.Parse(
        (await PostgresConnector.ScalarAsync<string>(_control!, "SELECT pg_catalog.pg_current_snapshot()::text", cancellationToken).ConfigureAwait(false))!));

    /// <summary>Names, quoted, of the tables and sequences whose content no recovery brings back.</summary>
    public Task<List<string>> UnloggedAsync(CancellationToken cancellationToken) => TranslateAsync(() => PostgresConnector.QueryAsync(
        _control!, PostgresSql.Unlogged, row => PostgresName.Quote(row.GetString(0)) + "." + PostgresName.Quote(row.GetString(1)), cancellationToken));

    public Task DumpAsync(
        IReadOnlyList<TableInventory> rowsElsewhere, bool portable, int compressionLevel, Stream destination,
        CancellationToken cancellationToken)
    {
        var version = _control!.PostgreSqlVersion.Major;
        var compression = version >= 16 && !portable
            ? $"zstd:{compressionLevel}"
            : Math.Clamp(compressionLevel, 1, 9).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return programs!.RunAsync(
            "pg_dump",
            [
                "--format=custom", $"--compress={compression}", $"--snapshot={_snapshot}", "--lock-wait-timeout=30s",
                "--no-password", "--quote-all-identifiers",
                .. rowsElsewhere.Select(table => "--exclude-table-data=" + PostgresName.Of(table)),
                "--dbname=" + ProgramConnection.Quote(connector.Endpoint.Database),
            ],
            null, destination, cancellationToken);
    }

    public Task<Fingerprint> ReadRowsAsync(
        TablePart part, Stream? destination, Action<long> onBytes, CancellationToken cancellationToken)
    {
        var table = part.Table;
        // What travels must be what can be copied in again; what is only compared includes what the server computes.
        var columns = table.Route == TableRoute.BinaryCopy ? PostgresName.Columns(table) : PostgresName.SelectList(table);
        return CopyAsync($"SELECT {columns} FROM ONLY {PostgresName.Of(table)}{RangeOf(part)}", destination, onBytes, cancellationToken);
    }

    public Task<long> CountRowsAsync(TableInventory table, CancellationToken cancellationToken) => ReadAsync(
        connection =>
        {
            using var command = new NpgsqlCommand($"SELECT pg_catalog.count(*) FROM ONLY {PostgresName.Of(table)}", connection);
            return (long)command.ExecuteScalar()!;
        },
        cancellationToken);

    public Task<Fingerprint> ReadLargeObjectsAsync(CancellationToken cancellationToken)
    {
        // In pieces of 8 MiB, as a value has at most 1 GB and a large object 4 TB; an empty one is a row too.
        const string Pieces = """
            SELECT l.oid, piece, pg_catalog.lo_get(l.oid, piece * 8388608, 8388608)
            FROM pg_catalog.pg_largeobject_metadata AS l,
                LATERAL (SELECT pg_catalog.lo_open(l.oid, x'40000'::int4) AS descriptor OFFSET 0) AS opened,
                LATERAL (SELECT pg_catalog.lo_lseek64(descriptor, 0, 2) AS size OFFSET 0) AS measured,
                LATERAL (SELECT pg_catalog.lo_close(descriptor + (size * 0)::int4) OFFSET 0) AS closed,
                pg_catalog.generate_series(0::int8, GREATEST(size - 1, 0) / 8388608) AS piece
            """;
        return CopyAsync(Pieces, null, _ => { }, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_readers is not null)
        {
            await _readers.DisposeAsync().ConfigureAwait(false);
        }

        if (_control is not null)
        {
            await _control.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static string RangeOf(TablePart part) => (part.FirstBlock, part.EndBlock) switch
    {
        (null, null) => string.Empty,
        (null, { } end) => $" WHERE ctid < '({end},0)'",
        ({ } first, null) => $" WHERE ctid >= '({first},0)'",
        ({ } first, { } end) => $" WHERE ctid >= '({first},0)' AND ctid < '({end},0)'",
    };

    private Task<Fingerprint> CopyAsync(
        string query, Stream? destination, Action<long> onBytes, CancellationToken cancellationToken) => ReadAsync(
        connection =>
        {
            var fingerprinter = new CopyRowFingerprinter();
            var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
            try
            {
                using var rows = connection.BeginRawBinaryCopy($"COPY ({query}) TO STDOUT (FORMAT binary)");
                int length;
                while ((length = rows.ReadAtLeast(buffer.AsSpan(0, BufferSize), BufferSize, throwOnEndOfStream: false)) > 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    fingerprinter.Append(buffer.AsSpan(0, length));
                    destination?.Write(buffer.AsSpan(0, length));
                    onBytes(length);
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }

            return fingerprinter.Complete();
        },
        cancellationToken);

    /// <summary>Reads on a connection that sees the snapshot.</summary>
    private Task<T> ReadAsync<T>(Func<NpgsqlConnection, T> read, CancellationToken cancellationToken) =>
        TranslateAsync(() => _readers!.UseAsync(read, cancellationToken));

    /// <summary>
    /// Takes a lock on every table before the snapshot: TRUNCATE and rewriting ALTER TABLE are not safe under a snapshot, and a
    /// table truncated after it would read as empty (PostgreSQL manual, "Caveats" of MVCC).
    /// </summary>
    private async Task<HashSet<(string Schema, string Name)>> LockTablesAsync(InventoryReader reader, CancellationToken cancellationToken)
    {
        // For the session: listing the tables asks for their sizes, and that waits for their locks as well.
        await PostgresConnector.ExecuteAsync(_control!, "SET lock_timeout = '30s'", cancellationToken).ConfigureAwait(false);
        var tables = await reader.ReadTablesAsync(cancellationToken).ConfigureAwait(false);
        await PostgresConnector.ExecuteAsync(
            _control!, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", cancellationToken).ConfigureAwait(false);
        _lockStatement = tables.Count == 0 ? null : LockStatement(tables);
        if (_lockStatement is not null)
        {
            try
            {
                await PostgresConnector.ExecuteAsync(_control!, _lockStatement, cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException dropped) when (dropped.SqlState == PostgresErrorCodes.UndefinedTable)
            {
                // Dropped since it was listed; the list is read again.
                await PostgresConnector.ExecuteAsync(_control!, "ROLLBACK", cancellationToken).ConfigureAwait(false);
                return await LockTablesAsync(reader, cancellationToken).ConfigureAwait(false);
            }
        }

        return [.. tables.Select(table => (table.Schema, table.Name))];
    }

    /// <summary>
    /// Locks tables that were made between the listing and the snapshot; false when one of them has gone, or has been rewritten
    /// since the snapshot: its file is then another than the snapshot's catalogue says.
    /// </summary>
    private async Task<bool> LockLateAsync(
        IReadOnlyList<TableInventory> all, IReadOnlyList<TableInventory> late, CancellationToken cancellationToken)
    {
        _lockStatement = LockStatement(all);
        try
        {
            await PostgresConnector.ExecuteAsync(_control!, LockStatement(late), cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException dropped) when (dropped.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return false;
        }

        var names = string.Join(", ", late.Select(table => $"({PostgresName.Literal(table.Schema)}, {PostgresName.Literal(table.Name)})"));
        var rewritten = await PostgresConnector.ScalarAsync<long>(
            _control!,
            $"""
            SELECT pg_catalog.count(*) FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
            WHERE (n.nspname, c.relname) IN ({names}) AND c.relfilenode <> pg_catalog.pg_relation_filenode(c.oid)
            """,
            cancellationToken).ConfigureAwait(false);
        return rewritten == 0;
    }

    private static string LockStatement(IEnumerable<TableInventory> tables) =>
        $"LOCK TABLE {string.Join(", ", tables.Select(table => "ONLY " + PostgresName.Of(table)))} IN ACCESS SHARE MODE";

    private Task<T> TranslateAsync<T>(Func<Task<T>> work) => PostgresFaults.GuardAsync(connector.Endpoint, work);
}
