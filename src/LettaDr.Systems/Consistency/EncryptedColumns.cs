namespace LettaDr.Systems;

/// <summary>The columns in which Letta keeps credentials: encrypted when it has a key, else as they are.</summary>
internal static class EncryptedColumns
{
    /// <summary>The tables that have such columns at Letta's last revision.</summary>
    public static readonly string[] Tables =
        ["providers", "mcp_server", "mcp_oauth", "agent_environment_variables", "sandbox_environment_variables"];

    /// <summary>A query for the columns of a schema, its parameter: table, column.</summary>
    public const string Listing = """
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

    /// <summary>A query for a column's values: all, and those in plain text.</summary>
    public static string Counting(string table, string column) => $"""
        SELECT pg_catalog.count(*), pg_catalog.count(*) FILTER (WHERE NOT ({LooksEncrypted}))
        FROM (SELECT {PostgresName.Quote(column)}::pg_catalog.text COLLATE pg_catalog."C" AS v FROM {table}) AS t
        WHERE v IS NOT NULL AND v <> ''
        """;

    /// <summary>A query for a few encrypted values, the shortest, with their rows' ids.</summary>
    public static string Examples(string table, string column) => $"""
        SELECT id, v FROM (SELECT id::pg_catalog.text AS id, {PostgresName.Quote(column)}::pg_catalog.text COLLATE pg_catalog."C" AS v FROM {table}) AS t
        WHERE {LooksEncrypted} ORDER BY pg_catalog.length(v), id LIMIT 3
        """;
}
