namespace LettaDr.Systems;

/// <summary>No transaction is left prepared: one that nobody ends holds its locks, and stops vacuum, for ever.</summary>
internal sealed class PreparedTransactionsCheck : IDatabaseCheck
{
    private const string Query = """
        SELECT pg_catalog.format('%s of %s, prepared %s ago', pg_catalog.quote_literal(gid), owner,
            date_trunc('second', pg_catalog.clock_timestamp() - prepared))
        FROM pg_catalog.pg_prepared_xacts WHERE database = pg_catalog.current_database() ORDER BY prepared
        """;

    /// <inheritdoc/>
    public string Name => "PreparedTransactions";

    /// <inheritdoc/>
    public async Task<Check> RunAsync(ConsistencySession session, CancellationToken cancellationToken)
    {
        var left = await session.QueryAsync(Query, row => row.GetString(0), cancellationToken).ConfigureAwait(false);
        return left.Count == 0
            ? Check.Passed("No transaction is left prepared.")
            : Check.Failed(
                $"{Examples.Count(left.Count, "transaction")} left in doubt: {Examples.List(left)}.",
                "End each as its coordinator decided, with COMMIT PREPARED or ROLLBACK PREPARED; Letta itself prepares none.");
    }
}
