using System.Globalization;
using Npgsql;

namespace LettaDr.Systems;

/// <summary>Reads of one database what is compared to tell a loss, in one snapshot.</summary>
internal sealed class LossReading : IAsyncDisposable
{
    private const string Columns = """
        SELECT c.relname, a.attname FROM pg_catalog.pg_class AS c
        JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relkind IN ('r', 'p') AND n.nspname = $1 AND a.attname IN ('id', 'created_at', 'updated_at', 'agent_id')
        """;

    private readonly NpgsqlConnection _connection;
    private readonly DatabaseEndpoint _endpoint;
    private readonly LettaTables _letta;
    private readonly ILookup<string, string> _columns;
    private readonly DateTimeOffset _since;

    private LossReading(NpgsqlConnection connection, DatabaseEndpoint endpoint, LettaTables letta, ILookup<string, string> columns, DateTimeOffset since) =>
        (_connection, _endpoint, _letta, _columns, _since) = (connection, endpoint, letta, columns, since);

    /// <summary>Letta's tables; none where the database has none of them.</summary>
    public IReadOnlyCollection<string> Tables => _letta.Schema is null ? [] : _letta.Present;

    public static async Task<LossReading> OpenAsync(DatabaseEndpoint endpoint, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var connection = await new PostgresConnector(endpoint, OperationId.Next()).OpenOnlyAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await PostgresFaults.GuardAsync(endpoint, async () =>
            {
                await PostgresConnector.ExecuteAsync(connection, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", cancellationToken).ConfigureAwait(false);
                var letta = await LettaTables.FindAsync(connection, cancellationToken).ConfigureAwait(false);
                var columns = letta.Schema is null ? [] : await PostgresConnector.QueryAsync(
                    connection, Columns, row => (Table: row.GetString(0), Column: row.GetString(1)), cancellationToken, letta.Schema).ConfigureAwait(false);
                return new LossReading(connection, endpoint, letta, columns.ToLookup(one => one.Table, one => one.Column, StringComparer.Ordinal), since);
            }).ConfigureAwait(false);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Counts a table, and lists its rows made or changed lately.</summary>
    public Task<LossRows> ReadAsync(string table, CancellationToken cancellationToken) => PostgresFaults.GuardAsync(_endpoint, async () =>
    {
        var columns = _columns[table].ToHashSet(StringComparer.Ordinal);
        var total = await PostgresConnector.ScalarAsync<long>(_connection, $"SELECT pg_catalog.count(*) FROM {_letta.Qualified(table)}", cancellationToken).ConfigureAwait(false);
        if (!columns.Contains("id") || !columns.Contains("created_at"))
        {
            return new LossRows(total, false, _since, new Dictionary<string, LossRow>());
        }

        var updated = columns.Contains("updated_at") ? "updated_at" : "created_at";
        var since = $"'{_since.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)}'::timestamptz";
        var rows = await PostgresConnector.QueryAsync(
            _connection,
            $"SELECT id::text, created_at::timestamptz, {updated}::timestamptz, {(columns.Contains("agent_id") ? "agent_id::text" : "NULL::text")} FROM {_letta.Qualified(table)} WHERE created_at > {since} OR {updated} > {since}",
            row => (Id: row.GetString(0), Row: new LossRow(Time(row, 1), Time(row, 2), row.IsDBNull(3) ? null : row.GetString(3))), cancellationToken).ConfigureAwait(false);
        return new LossRows(total, true, _since, rows.DistinctBy(one => one.Id).ToDictionary(one => one.Id, one => one.Row, StringComparer.Ordinal));
    });

    /// <summary>Every agent: its name, and when it was changed.</summary>
    public Task<Dictionary<string, (string? Name, DateTimeOffset? Updated)>> AgentsAsync(CancellationToken cancellationToken) => PostgresFaults.GuardAsync(_endpoint, async () =>
        (await PostgresConnector.QueryAsync(
            _connection, $"SELECT id::text, name::text, updated_at::timestamptz FROM {_letta.Qualified("agents")}",
            row => (Id: row.GetString(0), Name: row.IsDBNull(1) ? null : row.GetString(1), Updated: Time(row, 2)), cancellationToken).ConfigureAwait(false))
        .ToDictionary(agent => agent.Id, agent => (agent.Name, agent.Updated), StringComparer.Ordinal));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static DateTimeOffset? Time(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
