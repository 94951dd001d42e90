namespace LettaDr.Systems;

/// <summary>Every index is one that the server uses; with a set, also that none of the set's is missing or another.</summary>
internal sealed class IndexesValidCheck : IDatabaseCheck
{
    private const string Query = """
        SELECT i.indexrelid::pg_catalog.regclass::text, i.indisvalid AND i.indisready AND i.indislive
        FROM pg_catalog.pg_index AS i JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
        WHERE c.relnamespace::pg_catalog.regnamespace::text NOT LIKE 'pg\_%' ORDER BY 1
        """;

    /// <inheritdoc/>
    public string Name => "IndexesValid";

    /// <inheritdoc/>
    public async Task<Check> RunAsync(ConsistencySession session, CancellationToken cancellationToken)
    {
        var indexes = await session.QueryAsync(
            Query, row => (Name: row.GetString(0), Valid: row.GetBoolean(1)), cancellationToken).ConfigureAwait(false);
        var invalid = indexes.Where(index => !index.Valid).Select(index => index.Name).ToList();
        var problems = new List<string>();
        if (invalid.Count > 0)
        {
            problems.Add($"{Examples.Count(invalid.Count, "index", "indexes")} of {indexes.Count} not valid, so not used: {Examples.List(invalid)}.");
        }

        var more = string.Empty;
        if (session.Expected is { } expected)
        {
            var wanted = Definitions(expected.Objects.Where(item => item.Kind == "index"));
            var found = Definitions(await session.QueryAsync(
                PostgresSql.Objects,
                row => new SchemaObject(row.GetString(0), row.GetString(1), row.GetString(0) == "index" ? row.GetString(2) : string.Empty),
                cancellationToken).ConfigureAwait(false));
            var missing = wanted.Keys.Where(name => !found.ContainsKey(name)).ToList();
            var other = wanted.Where(item => found.TryGetValue(item.Key, out var definition) && definition != item.Value).Select(item => item.Key).ToList();
            Add(problems, missing, "of the set are missing");
            Add(problems, other, "are not as in the set");
            var extra = found.Keys.Where(name => !wanted.ContainsKey(name)).ToList();
            more = extra.Count == 0 ? ", as in the set" : $", as in the set, and made since: {Examples.List(extra)}";
        }

        return problems.Count > 0
            ? Check.Failed(
                string.Join(" ", problems),
                "REINDEX INDEX CONCURRENTLY mends what is not valid (for vector indexes: Repair-LettaVectorIndex); make again what is missing, by its definition in the set's inventory.json.")
            : Check.Passed($"{Examples.Count(indexes.Count, "index", "indexes")}, all valid{more}.");
    }

    private static void Add(List<string> problems, List<string> names, string what)
    {
        if (names.Count > 0)
        {
            problems.Add($"{Examples.Count(names.Count, "index", "indexes")} {what}: {Examples.List(names)}.");
        }
    }

    private static Dictionary<string, string> Definitions(IEnumerable<SchemaObject> objects) =>
        objects.Where(item => item.Kind == "index").ToDictionary(
            item => item.Identity, item => item.Definition.Replace(" (invalid)", string.Empty, StringComparison.Ordinal), StringComparer.Ordinal);
}
