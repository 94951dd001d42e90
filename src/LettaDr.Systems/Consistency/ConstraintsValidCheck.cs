namespace LettaDr.Systems;

/// <summary>Constraints are validated, and the triggers that keep them are enabled.</summary>
internal sealed class ConstraintsValidCheck : IDatabaseCheck
{
    private const string NotValid = """
        SELECT pg_catalog.format('%s %I', COALESCE(NULLIF(conrelid, 0)::pg_catalog.regclass::text, contypid::pg_catalog.regtype::text), conname)
        FROM pg_catalog.pg_constraint
        WHERE NOT convalidated AND connamespace::pg_catalog.regnamespace::text NOT LIKE 'pg\_%' ORDER BY 1
        """;

    private const string Disabled = """
        SELECT pg_catalog.format('%s %s%s', t.tgrelid::pg_catalog.regclass, pg_catalog.quote_ident(COALESCE(k.conname, t.tgname)),
            CASE t.tgenabled WHEN 'R' THEN ' (replicas only)' ELSE '' END)
        FROM pg_catalog.pg_trigger AS t
        JOIN pg_catalog.pg_class AS c ON c.oid = t.tgrelid
        LEFT JOIN pg_catalog.pg_constraint AS k ON k.oid = t.tgconstraint
        WHERE t.tgenabled IN ('D', 'R') AND c.relnamespace::pg_catalog.regnamespace::text NOT LIKE 'pg\_%'
        GROUP BY 1 ORDER BY 1
        """;

    /// <inheritdoc/>
    public string Name => "ConstraintsValid";

    /// <inheritdoc/>
    public async Task<Check> RunAsync(ConsistencySession session, CancellationToken cancellationToken)
    {
        var notValid = await session.QueryAsync(NotValid, row => row.GetString(0), cancellationToken).ConfigureAwait(false);
        var disabled = await session.QueryAsync(Disabled, row => row.GetString(0), cancellationToken).ConfigureAwait(false);
        if (notValid.Count + disabled.Count == 0)
        {
            var count = await session.ScalarAsync<long>(
                "SELECT pg_catalog.count(*) FROM pg_catalog.pg_constraint WHERE oid >= 16384", cancellationToken).ConfigureAwait(false);
            return Check.Passed($"{Examples.Count(count, "constraint")}, all validated; no trigger is disabled.");
        }

        var parts = new List<string>();
        if (notValid.Count > 0)
        {
            parts.Add($"{Examples.Count(notValid.Count, "constraint")} never validated: {Examples.List(notValid)}.");
        }

        if (disabled.Count > 0)
        {
            parts.Add($"Triggers of {Examples.Count(disabled.Count, "constraint or trigger", "constraints or triggers")} disabled: {Examples.List(disabled)}.");
        }

        return Check.Failed(
            string.Join(" ", parts),
            "ALTER TABLE … ENABLE TRIGGER ALL, then see ForeignKeysHold for rows that came in meanwhile; ALTER TABLE … VALIDATE CONSTRAINT … for the others.");
    }
}
