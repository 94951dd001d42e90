namespace LettaDr.Systems;

/// <summary>The columns that hold credentials hold what Letta has encrypted, not the credentials themselves. Values never leave the server.</summary>
internal sealed class EncryptedColumnsAreEncryptedCheck : IDatabaseCheck
{
    private static readonly string[] Tables =
        ["providers", "mcp_server", "mcp_oauth", "agent_environment_variables", "sandbox_environment_variables"];

    private const string Columns = """
        SELECT c.relname, a.attname
        FROM pg_catalog.pg_attribute AS a
        JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid
        JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped AND a.attname LIKE '%\_enc'
            AND a.atttypid IN ('pg_catalog.text'::pg_catalog.regtype, 'pg_catalog.varchar'::pg_catalog.regtype)
        ORDER BY 1, 2
        """;

    // 16 bytes of salt, 12 of nonce and 16 of tag make 60 characters of base64, in which one case alone does not happen by chance.
    private const string LooksEncrypted = """
        pg_catalog.length(v) >= 60 AND pg_catalog.length(v) % 4 = 0 AND v ~ '^[A-Za-z0-9+/]+={0,2}$' AND v ~ '[a-z]' AND v ~ '[A-Z]'
        """;

    /// <inheritdoc/>
    public string Name => "EncryptedColumnsAreEncrypted";

    /// <inheritdoc/>
    public async Task<Check> RunAsync(ConsistencySession session, CancellationToken cancellationToken)
    {
        if (session.Letta.Schema is not { } schema)
        {
            return session.Letta.Missing(Tables)!;
        }

        var columns = await session.QueryAsync(
            Columns, row => (Table: row.GetString(0), Column: row.GetString(1)), cancellationToken, schema).ConfigureAwait(false);
        var plain = new List<string>();
        long values = 0;
        foreach (var (table, column) in columns)
        {
            var (all, bad) = (await session.QueryAsync(
                $"""
                SELECT pg_catalog.count(*), pg_catalog.count(*) FILTER (WHERE NOT ({LooksEncrypted}))
                FROM (SELECT {PostgresName.Quote(column)}::pg_catalog.text COLLATE pg_catalog."C" AS v FROM {session.Letta.Qualified(table)}) AS t
                WHERE v IS NOT NULL AND v <> ''
                """,
                row => (row.GetInt64(0), row.GetInt64(1)), cancellationToken).ConfigureAwait(false))[0];
            values += all;
            if (bad > 0)
            {
                plain.Add($"{table}.{column} ({Examples.Count(bad, "row")})");
            }
        }

        return plain.Count > 0
            ? Check.Failed(
                $"In plain text: {string.Join(", ", plain)}.",
                "Give every Letta server the same LETTA_ENCRYPTION_KEY and store these credentials anew; until then a backup of this database is itself a secret.")
            : session.Letta.Missing(Tables)
                ?? Check.Passed($"{Examples.Count(values, "value")} in {Examples.Count(columns.Count, "column")}, all encrypted.");
    }
}
