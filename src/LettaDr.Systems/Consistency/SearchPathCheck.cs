namespace LettaDr.Systems;

/// <summary>Unqualified names lead a plain session to Letta's own tables, not to others before them, and to the type vector.</summary>
internal sealed class SearchPathCheck : IDatabaseCheck
{
    private const string Resolve = """
        SELECT t.name, n.nspname
        FROM pg_catalog.unnest($1::text[]) AS t (name)
        LEFT JOIN pg_catalog.pg_class AS c ON c.oid = pg_catalog.to_regclass(pg_catalog.quote_ident(t.name))
        LEFT JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        ORDER BY 1
        """;

    private const string Vector = """
        SELECT n.nspname FROM pg_catalog.pg_extension AS e JOIN pg_catalog.pg_namespace AS n ON n.oid = e.extnamespace
        WHERE e.extname = 'vector' AND pg_catalog.to_regtype('vector') IS NULL
        """;

    /// <inheritdoc/>
    public string Name => "SearchPath";

    /// <inheritdoc/>
    public async Task<Check> RunAsync(ConsistencySession session, CancellationToken cancellationToken)
    {
        if (session.Letta.Schema is not { } schema)
        {
            return session.Letta.Missing("alembic_version")!;
        }

        if (session.Letta.OutOfReach(session.Endpoint) is { } outOfReach)
        {
            return outOfReach;
        }

        await using var plain = await PlainSession.OpenAsync(session.Endpoint, cancellationToken).ConfigureAwait(false);
        var path = await PostgresConnector.ScalarAsync<string>(plain, "SHOW search_path", cancellationToken).ConfigureAwait(false);
        var remedy = $"ALTER DATABASE {PostgresName.Quote(session.Endpoint.Database)} SET search_path TO {PostgresName.Quote(schema)}, then connect anew.";
        var names = "{" + string.Join(",", session.Letta.Present.Select(PostgresName.Quote)) + "}";
        var found = await PostgresConnector.QueryAsync(
            plain, Resolve, row => (Name: row.GetString(0), Schema: row.IsDBNull(1) ? null : row.GetString(1)), cancellationToken, names).ConfigureAwait(false);
        var lost = found.Where(table => table.Schema is null).Select(table => table.Name).ToList();
        if (lost.Count > 0)
        {
            return Check.Failed($"The search_path ({path}) does not reach the schema {schema}, which holds {Examples.List(lost)}.", remedy);
        }

        var shadowed = found.Where(table => table.Schema != schema).Select(table => $"{table.Schema}.{table.Name}").ToList();
        if (shadowed.Count > 0)
        {
            return Check.Failed(
                $"By the search_path ({path}), {Examples.List(shadowed)} come before those of the schema {schema}, which hold the rows.", remedy);
        }

        var vector = await PostgresConnector.ScalarAsync<string>(plain, Vector, cancellationToken).ConfigureAwait(false);
        return vector is null
            ? Check.Passed($"The search_path ({path}) leads to the schema {schema}.")
            : Check.Failed(
                $"The search_path ({path}) leads to Letta's tables, but not to the type vector, which is in the schema {vector}.",
                $"ALTER DATABASE {PostgresName.Quote(session.Endpoint.Database)} SET search_path TO {PostgresName.Quote(schema)}, {PostgresName.Quote(vector)}.");
    }
}
