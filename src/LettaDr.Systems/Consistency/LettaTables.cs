using Npgsql;

namespace LettaDr.Systems;

/// <summary>The schema that holds Letta's tables, whatever its name, and the tables in it.</summary>
/// <param name="Schema">The schema's name, unquoted; null when the database has none of Letta's tables.</param>
/// <param name="Usable">Whether this role may use the schema; one that it may not use is not on its search path either.</param>
/// <param name="Present">Names of all tables in it.</param>
internal sealed record LettaTables(string? Schema, bool Usable, IReadOnlySet<string> Present)
{
    // After a migration on the wrong search_path there are two sets of tables: the one with rows is Letta's.
    private const string Find = """
        SELECT n.nspname, pg_catalog.has_schema_privilege(n.oid, 'USAGE')
        FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
            AND c.relname IN ('alembic_version', 'organizations', 'users', 'agents', 'messages', 'block', 'archival_passages')
        GROUP BY n.oid, n.nspname
        HAVING count(*) > 1
        ORDER BY sum(pg_catalog.pg_relation_size(c.oid)) DESC, count(*) DESC, n.nspname LIMIT 1
        """;

    private const string List = """
        SELECT c.relname FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND n.nspname = $1
        """;

    public static async Task<LettaTables> FindAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var found = await PostgresConnector.QueryAsync(
            connection, Find, row => (Schema: row.GetString(0), Usable: row.GetBoolean(1)), cancellationToken).ConfigureAwait(false);
        if (found.Count == 0)
        {
            return new LettaTables(null, false, new HashSet<string>());
        }

        var (schema, usable) = found[0];
        var tables = await PostgresConnector.QueryAsync(connection, List, row => row.GetString(0), cancellationToken, schema).ConfigureAwait(false);
        return new LettaTables(schema, usable, tables.ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>The qualified, quoted name of one of the tables.</summary>
    public string Qualified(string table) => PostgresName.Quote(Schema!) + "." + PostgresName.Quote(table);

    /// <summary>Why unqualified names cannot be checked; null when the role may use the schema, or there is none.</summary>
    public Check? OutOfReach(DatabaseEndpoint endpoint) => Schema is null || Usable
        ? null
        : Check.NotRun(
            $"{endpoint.UserName} may not use the schema {Schema}, so its names lead elsewhere.",
            "Connect with the role that Letta uses (-Credential).");

    /// <summary>Why a check of these tables cannot be made; null when all are there.</summary>
    public Check? Missing(params string[] tables)
    {
        var missing = tables.Where(table => !Present.Contains(table)).ToList();
        return missing.Count == 0
            ? null
            : Check.NotRun(
                Schema is null ? "The database has none of Letta's tables." : $"The schema {Schema} has no table {string.Join(", ", missing)}.",
                "Restore a backup, or let Letta migrate its schema.");
    }
}
