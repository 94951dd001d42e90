namespace LettaDr.Systems;

/// <summary>Texts sort as they did when the indexes were built: the operating system's collations have not changed.</summary>
internal sealed class CollationVersionsCheck : IDatabaseCheck
{
    private const int FirstWithDatabaseVersions = 150000;

    private const string Own = "that of the database";

    private const string OfDatabase = $"""
        SELECT '{Own}' AS name, datcollversion, pg_catalog.pg_database_collation_actual_version(oid) AS actual
        FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()
        UNION ALL
        """;

    // Collations that no column uses go stale in their hundreds, and hurt nobody.
    private const string OfColumns = """
        SELECT pg_catalog.format('%I.%I', n.nspname, l.collname), l.collversion, pg_catalog.pg_collation_actual_version(l.oid)
        FROM pg_catalog.pg_collation AS l JOIN pg_catalog.pg_namespace AS n ON n.oid = l.collnamespace
        WHERE l.collversion IS NOT NULL AND EXISTS (SELECT FROM pg_catalog.pg_attribute AS a
            WHERE a.attcollation = l.oid AND a.attrelid >= 16384 AND a.attnum > 0 AND NOT a.attisdropped)
        """;

    /// <inheritdoc/>
    public string Name => "CollationVersions";

    /// <inheritdoc/>
    public async Task<Check> RunAsync(ConsistencySession session, CancellationToken cancellationToken)
    {
        var server = await session.ScalarAsync<int>("SELECT pg_catalog.current_setting('server_version_num')::int", cancellationToken).ConfigureAwait(false);
        var collations = await session.QueryAsync(
            (server >= FirstWithDatabaseVersions ? OfDatabase + "\n" : string.Empty) + OfColumns,
            row => (Name: row.GetString(0), Recorded: row.IsDBNull(1) ? null : row.GetString(1), Actual: row.IsDBNull(2) ? null : row.GetString(2)),
            cancellationToken).ConfigureAwait(false);
        var changed = collations.Where(collation => collation.Recorded != collation.Actual)
            .Select(collation => $"{collation.Name} (built with {collation.Recorded ?? "none"}, now {collation.Actual ?? "none"})").ToList();
        if (changed.Count > 0)
        {
            return Check.Failed(
                $"{Examples.Count(changed.Count, "collation")} of another version than the indexes were built with: {Examples.List(changed)}.",
                $"REINDEX DATABASE {PostgresName.Quote(session.Endpoint.Database)}, then ALTER DATABASE … REFRESH COLLATION VERSION (ALTER COLLATION … REFRESH VERSION).");
        }

        return server < FirstWithDatabaseVersions
            ? Check.NotRun(
                "A server older than PostgreSQL 15 does not record the version of the database's collation.",
                "After a change of the operating system or image: REINDEX DATABASE.")
            : Check.Passed($"The collation of the database is of version {collations.First(collation => collation.Name == Own).Actual ?? "none (it cannot change)"}, as recorded.");
    }
}
