using System.Data;
using Npgsql;

namespace LettaDr.Systems;

/// <summary>What the checks of one database share: a session, what was found out once, and the meter.</summary>
internal sealed class ConsistencySession(DatabaseEndpoint endpoint, DatabaseInventory? expected, ProgressMeter meter) : IAsyncDisposable
{
    // A parallel hash would live in shared memory, of which a container has 64 MB unless it is told otherwise.
    private const string BeginReading = """
        BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
        SET LOCAL enable_parallel_hash = off;
        SET LOCAL work_mem = '32MB';
        SET LOCAL jit = off
        """;

    private readonly string _operationId = LettaDr.OperationId.Next();
    private NpgsqlConnection? _connection;
    private LettaTables? _letta;
    private IReadOnlyList<VectorColumn>? _vectors;

    public DatabaseEndpoint Endpoint => endpoint;

    /// <summary>Where Letta's tables are, and which of them; known once a transaction has begun.</summary>
    public LettaTables Letta => _letta!;

    /// <summary>The inventory of the set to compare with; null when none was given.</summary>
    public DatabaseInventory? Expected => expected;

    public ProgressMeter Meter => meter;

    /// <summary>Whether the server could not be reached, or not reached again.</summary>
    public bool Lost { get; private set; }

    /// <summary>Begins a transaction, in a new session where damaged data has ended the last one.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        Lost = true;
        if (_connection is not { FullState: ConnectionState.Open })
        {
            await DisposeAsync().ConfigureAwait(false);
            _connection = await new PostgresConnector(endpoint, _operationId).OpenOnlyAsync(cancellationToken).ConfigureAwait(false);
            // Not behind a migration for ever.
            await ExecuteAsync("SET lock_timeout = '10s'", cancellationToken).ConfigureAwait(false);
        }

        _letta ??= await LettaTables.FindAsync(_connection, cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(BeginReading, cancellationToken).ConfigureAwait(false);
        Lost = false;
    }

    public async Task EndAsync()
    {
        if (_connection is { FullState: ConnectionState.Open })
        {
            await ExecuteAsync("ROLLBACK", CancellationToken.None).ConfigureAwait(false);
        }
    }

    public Task<List<T>> QueryAsync<T>(string sql, Func<NpgsqlDataReader, T> map, CancellationToken cancellationToken, string? parameter = null) =>
        PostgresConnector.QueryAsync(_connection!, sql, map, cancellationToken, parameter);

    public Task<T?> ScalarAsync<T>(string sql, CancellationToken cancellationToken) =>
        PostgresConnector.ScalarAsync<T>(_connection!, sql, cancellationToken);

    public Task ExecuteAsync(string sql, CancellationToken cancellationToken) =>
        PostgresConnector.ExecuteAsync(_connection!, sql, cancellationToken);

    /// <summary>Reads what a COPY gives to its end and forgets it.</summary>
    public async Task DrainAsync(string copy, byte[] buffer, CancellationToken cancellationToken)
    {
        await using var stream = await _connection!.BeginRawBinaryCopyAsync(copy, cancellationToken).ConfigureAwait(false);
        int length;
        while ((length = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            Meter.Add(length);
        }
    }

    /// <summary>Every vector column with what reading all its values showed; read once, for two checks.</summary>
    public async Task<IReadOnlyList<VectorColumn>> VectorsAsync(CancellationToken cancellationToken) =>
        _vectors ??= await VectorScan.RunAsync(this, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }
}
