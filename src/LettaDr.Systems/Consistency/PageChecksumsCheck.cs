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

    /// <summary>The same on a server that does not run.</summary>
    public static async Task<Check> RunOfflineAsync(DatabaseEndpoint endpoint, CancellationToken cancellationToken) =>
        Offline(await OfflineChecksums.RunAsync(endpoint, cancellationToken).ConfigureAwait(false));

    /// <summary>What pg_checksums found.</summary>
    public static Check Offline(OfflineChecksums found) => found switch
    {
        { Blocks: null } => Check.NotRun(
            $"The server does not run, and pg_checksums refused: {found.Refusal}",
            "After a crash it refuses until the server has recovered, which writes to the data: copy the data directory first, start a server on the copy, stop it, and check that. Pages without checksums cannot be checked."),
        { Bad: 0 } => Check.Passed($"The server does not run; pg_checksums read {Examples.Count(found.Blocks.Value, "block")}, each with the right checksum."),
        _ => Check.Failed(
            $"{Examples.Count(found.Bad, "block")} of {found.Blocks:#,0} with a wrong checksum: {string.Join("; ", found.Damaged.Take(10).Select(relation => $"{relation.Name} ({relation.Evidence})"))}.",
            "Keep a copy of the data directory before the server is started. Invoke-LettaRunbook -Name DatabaseCorruption restores the newest proven set."),
    };
}
