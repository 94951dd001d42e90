using Npgsql;

namespace LettaDr.Systems;

/// <summary>Asks Letta's database which of the rows that the cache names it has: one query for each table, thousands of ids at a time.</summary>
internal sealed class CacheSubjectReader(PostgresConnector connector)
{
    private const int Page = 10_000;

    private static readonly Dictionary<CacheSubjectKind, string> Tables = new()
    {
        [CacheSubjectKind.Agent] = "agents",
        [CacheSubjectKind.Conversation] = "conversations",
        [CacheSubjectKind.Run] = "runs",
        [CacheSubjectKind.User] = "users",
    };

    /// <summary>Reads what the database says of <paramref name="subjects"/>.</summary>
    /// <exception cref="LettaDrException">The database cannot be read, or does not have Letta's tables.</exception>
    public Task<CacheSubjects> ReadAsync(IEnumerable<CacheSubject> subjects, CancellationToken cancellationToken) =>
        PostgresFaults.GuardAsync(connector.Endpoint, async () =>
        {
            var connection = await connector.OpenOnlyAsync(cancellationToken).ConfigureAwait(false);
            await using var closing = connection.ConfigureAwait(false);
            var schema = await SchemaAsync(connection, cancellationToken).ConfigureAwait(false);
            var existing = new HashSet<string>(StringComparer.Ordinal);
            var finished = new HashSet<string>(StringComparer.Ordinal);
            foreach (var kind in subjects.Distinct().GroupBy(subject => subject.Kind))
            {
                var status = kind.Key == CacheSubjectKind.Run ? "status" : "NULL";
                var sql = $"SELECT id, {status}::text FROM {schema}.{Tables[kind.Key]} WHERE id = ANY ($1)";
                foreach (var page in kind.Select(subject => subject.Id).Chunk(Page))
                {
                    await ReadAsync(connection, sql, page, existing, finished, cancellationToken).ConfigureAwait(false);
                }
            }

            return new CacheSubjects(existing, finished);
        });

    private static async Task ReadAsync(
        NpgsqlConnection connection, string sql, string[] ids, HashSet<string> existing, HashSet<string> finished, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new NpgsqlParameter { Value = ids } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var id = reader.GetString(0);
            existing.Add(id);
            if (!reader.IsDBNull(1) && CacheSubjects.IsEnd(reader.GetString(1)))
            {
                finished.Add(id);
            }
        }
    }

    /// <summary>The schema of Letta's tables, quoted. Without it every key would look stale, so a doubt ends the work.</summary>
    private async Task<string> SchemaAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        const string Complete = """
            SELECT pg_catalog.quote_ident(n.nspname), n.nspname
            FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND c.relname IN ('alembic_version', 'agents', 'conversations', 'runs', 'users')
            GROUP BY n.nspname HAVING pg_catalog.count(*) = 5 ORDER BY n.nspname
            """;
        var found = await PostgresConnector.QueryAsync(
            connection, Complete, row => (Quoted: row.GetString(0), Name: row.GetString(1)), cancellationToken).ConfigureAwait(false);
        var endpoint = connector.Endpoint;
        return found switch
        {
            [var only] => only.Quoted,
            [] => throw new LettaDrException(
                "LettaTablesNotFound", FaultKind.NotFound, $"The database {endpoint} has not all of Letta's tables: no key of the cache can be judged by it.",
                "Restore the database first; Clear-LettaCache -All removes all of Letta's keys without asking it.", endpoint),
            _ => found.FirstOrDefault(schema => schema.Name == endpoint.Schema).Quoted ?? throw new LettaDrException(
                "LettaSchemaAmbiguous", FaultKind.Incompatible,
                $"The database {endpoint} has Letta's tables more than once, in the schemas {string.Join(", ", found.Select(schema => schema.Quoted))}.",
                "Set the right one with ALTER DATABASE … SET search_path, and drop the others.", endpoint),
        };
    }
}
