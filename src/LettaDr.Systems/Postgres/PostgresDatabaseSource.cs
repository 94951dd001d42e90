using System.Buffers;
using System.Collections.Concurrent;
using Npgsql;

namespace LettaDr.Systems;

/// <summary>A PostgreSQL database read in one snapshot by as many connections as there are readers.</summary>
internal sealed class PostgresDatabaseSource(PostgresConnector connector, PostgresPrograms? programs) : IDatabaseSource
{
    private const int SnapshotAttempts = 5;
    private const int BufferSize = 256 * 1024;

    private readonly ConcurrentBag<NpgsqlConnection> _readers = [];
    private NpgsqlConnection? _control;
    private string? _snapshot;

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
            var locked = await LockTablesAsync(reader, cancellationToken).ConfigureAwait(false);
            _snapshot = await PostgresConnector.ScalarAsync<string>(
                _control, "SELECT pg_catalog.pg_export_snapshot()", cancellationToken).ConfigureAwait(false);
            var inventory = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (inventory.Tables.All(table => locked.Contains((table.Schema, table.Name))))
            {
                return inventory;
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

    public Task<long> CountRowsAsync(TableInventory table, CancellationToken cancellationToken) => TranslateAsync(async () =>
    {
        var connection = await RentReaderAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var count = await PostgresConnector.ScalarAsync<long>(
                connection, $"SELECT pg_catalog.count(*) FROM ONLY {PostgresName.Of(table)}", cancellationToken).ConfigureAwait(false);
            _readers.Add(connection);
            return count;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    });

    public Task<Fingerprint> ReadLargeObjectsAsync(CancellationToken cancellationToken) => CopyAsync(
        "SELECT oid, pg_catalog.lo_get(oid) FROM pg_catalog.pg_largeobject_metadata", null, _ => { }, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var reader in _readers)
        {
            await reader.DisposeAsync().ConfigureAwait(false);
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
        string query, Stream? destination, Action<long> onBytes, CancellationToken cancellationToken) => TranslateAsync(async () =>
    {
        var connection = await RentReaderAsync(cancellationToken).ConfigureAwait(false);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var fingerprinter = new CopyRowFingerprinter();
            var rows = await connection.BeginRawBinaryCopyAsync($"COPY ({query}) TO STDOUT (FORMAT binary)", cancellationToken).ConfigureAwait(false);
            await using (rows.ConfigureAwait(false))
            {
                int length;
                while ((length = await rows.ReadAtLeastAsync(buffer.AsMemory(0, BufferSize), BufferSize, false, cancellationToken).ConfigureAwait(false)) > 0)
                {
                    fingerprinter.Append(buffer.AsSpan(0, length));
                    destination?.Write(buffer.AsSpan(0, length));
                    onBytes(length);
                }
            }

            _readers.Add(connection);
            return fingerprinter.Complete();
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    });

    private async Task<NpgsqlConnection> RentReaderAsync(CancellationToken cancellationToken)
    {
        if (_readers.TryTake(out var idle))
        {
            return idle;
        }

        var connection = await connector.OpenAsync(null, cancellationToken).ConfigureAwait(false);
        try
        {
            await PostgresConnector.ExecuteAsync(
                connection,
                $"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET TRANSACTION SNAPSHOT {PostgresName.Literal(_snapshot!)}",
                cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Takes a lock on every table before the snapshot: TRUNCATE and rewriting ALTER TABLE are not safe under a snapshot, and a
    /// table truncated after it would read as empty (PostgreSQL manual, "Caveats" of MVCC).
    /// </summary>
    private async Task<HashSet<(string Schema, string Name)>> LockTablesAsync(InventoryReader reader, CancellationToken cancellationToken)
    {
        var tables = await reader.ReadTablesAsync(cancellationToken).ConfigureAwait(false);
        await PostgresConnector.ExecuteAsync(
            _control!, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL lock_timeout = '30s'", cancellationToken).ConfigureAwait(false);
        if (tables.Count > 0)
        {
            var names = string.Join(", ", tables.Select(table => "ONLY " + PostgresName.Of(table)));
            try
            {
                await PostgresConnector.ExecuteAsync(_control!, $"LOCK TABLE {names} IN ACCESS SHARE MODE", cancellationToken).ConfigureAwait(false);
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

    private Task<T> TranslateAsync<T>(Func<Task<T>> work) => PostgresFaults.GuardAsync(connector.Endpoint, work);
}
