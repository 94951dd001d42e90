namespace LettaDr.Systems;

/// <summary>Every b-tree, the catalogue's too, is in order and holds an entry for each row of its table; asks the extension amcheck.</summary>
internal sealed class BTreesSoundCheck : IDatabaseCheck
{
    private const string Find = """
        SELECT pg_catalog.quote_ident(n.nspname),
            pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND COALESCE(pg_catalog.has_function_privilege(
                pg_catalog.to_regprocedure(pg_catalog.format('%I.bt_index_check(regclass, boolean)', n.nspname)), 'EXECUTE'), false)
        FROM pg_catalog.pg_extension AS e JOIN pg_catalog.pg_namespace AS n ON n.oid = e.extnamespace WHERE e.extname = 'amcheck'
        """;

    /// <inheritdoc/>
    public string Name => "BTreesSound";

    /// <inheritdoc/>
    public async Task<Check> RunAsync(ConsistencySession session, CancellationToken cancellationToken)
    {
        var installed = await session.QueryAsync(Find, row => (Schema: row.GetString(0), Allowed: row.GetBoolean(1)), cancellationToken).ConfigureAwait(false);
        if (installed.Count == 0)
        {
            return Check.NotRun("The extension amcheck is not installed.", "CREATE EXTENSION amcheck, as a superuser, then run the check again.");
        }

        var (schema, allowed) = installed[0];
        if (!allowed)
        {
            return Check.NotRun(
                $"{session.Endpoint.UserName} may not call amcheck's functions.",
                $"Connect as a superuser (-Credential), or GRANT EXECUTE ON FUNCTION {schema}.bt_index_check(regclass, boolean) TO the role.");
        }

        var trees = await session.QueryAsync(
            ConsistencySql.BTrees, row => (Oid: row.GetInt64(0), Name: row.GetString(1), Bytes: row.GetInt64(2)), cancellationToken).ConfigureAwait(false);
        session.Meter.Stage(Name, trees.Sum(tree => tree.Bytes));
        var damaged = new List<string>();
        foreach (var tree in trees)
        {
            // Caught in the server: the driver ends a session in which the server has reported damage.
            var sql = $"""
                DO $check$ BEGIN
                    PERFORM pg_catalog.set_config('lettadr.damage', '', true);
                    PERFORM {schema}.bt_index_check({tree.Oid}::pg_catalog.oid::pg_catalog.regclass, true);
                EXCEPTION
                    WHEN index_corrupted OR data_corrupted THEN PERFORM pg_catalog.set_config('lettadr.damage', SQLERRM, true);
                    WHEN undefined_table OR undefined_object THEN PERFORM pg_catalog.set_config('lettadr.damage', '', true);
                END $check$;
                SELECT pg_catalog.current_setting('lettadr.damage')
                """;
            if (await session.ScalarAsync<string>(sql, cancellationToken).ConfigureAwait(false) is { Length: > 0 } damage)
            {
                damaged.Add($"{tree.Name}: {damage}");
            }

            session.Meter.Add(tree.Bytes);
        }

        return damaged.Count == 0
            ? Check.Passed($"{Examples.Count(trees.Count, "b-tree")} in order, each with an entry for every row.")
            : Check.Failed(
                $"{Examples.Count(damaged.Count, "b-tree")} of {trees.Count} damaged: {Examples.List(damaged)}.",
                "REINDEX INDEX CONCURRENTLY each; if several are damaged, suspect the disk or the collation (CollationVersions) first.");
    }
}
