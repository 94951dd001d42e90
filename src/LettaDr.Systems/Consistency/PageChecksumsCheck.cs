namespace LettaDr.Systems;

/// <summary>Pages carry checksums, and no page that was read so far had a wrong one.</summary>
internal sealed class PageChecksumsCheck : IDatabaseCheck
{
    private const string Query = """
        SELECT COALESCE(checksum_failures, 0), checksum_last_failure::text, pg_catalog.current_setting('data_checksums')
        FROM pg_catalog.pg_stat_database WHERE datname = pg_catalog.current_database()
        """;

    /// <inheritdoc/>
    public string Name => "PageChecksums";

    /// <inheritdoc/>
    public async Task<Check> RunAsync(ConsistencySession session, CancellationToken cancellationToken)
    {
        var (failures, last, state) = (await session.QueryAsync(
            Query, row => (row.GetInt64(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetString(2)), cancellationToken).ConfigureAwait(false))[0];
        return failures > 0
            ? Check.Failed(
                $"The server has met {Examples.Count(failures, "page")} with a wrong checksum, the last at {last}.",
                "The disk or what lies under it loses data: keep a copy of the data directory, restore the newest proven set on another disk (Restore-LettaDatabase), then pg_stat_reset().")
            : state == "on"
                ? Check.Passed("Checksums are on; every page read so far had the right one.")
                : Check.NotRun(
                    "The server's pages carry no checksums, so damage done below it does not show.",
                    "With the server stopped: pg_checksums --enable --pgdata …; new servers: initdb --data-checksums.");
    }
}
