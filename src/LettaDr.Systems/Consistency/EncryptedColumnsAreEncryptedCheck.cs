namespace LettaDr.Systems;

/// <summary>The columns that hold credentials hold what Letta has encrypted, not the credentials themselves. Values never leave the server.</summary>
internal sealed class EncryptedColumnsAreEncryptedCheck : IDatabaseCheck
{
    /// <inheritdoc/>
    public string Name => "EncryptedColumnsAreEncrypted";

    /// <inheritdoc/>
    public async Task<Check> RunAsync(ConsistencySession session, CancellationToken cancellationToken)
    {
        if (session.Letta.Schema is not { } schema)
        {
            return session.Letta.Missing(EncryptedColumns.Tables)!;
        }

        var columns = await session.QueryAsync(
            EncryptedColumns.Listing, row => (Table: row.GetString(0), Column: row.GetString(1)), cancellationToken, schema).ConfigureAwait(false);
        var plain = new List<string>();
        long values = 0;
        foreach (var (table, column) in columns)
        {
            var (all, bad) = (await session.QueryAsync(
                EncryptedColumns.Counting(session.Letta.Qualified(table), column),
                row => (row.GetInt64(0), row.GetInt64(1)), cancellationToken).ConfigureAwait(false))[0];
            values += all;
            if (bad > 0)
            {
                plain.Add($"{table}.{column} ({Examples.Count(bad, "row")})");
            }
        }

        return plain.Count > 0
            ? Check.Failed(
                $"In plain text: {string.Join(", ", plain)}.",
                "Give every Letta server the same LETTA_ENCRYPTION_KEY and store these credentials anew; until then a backup of this database is itself a secret.")
            : session.Letta.Missing(EncryptedColumns.Tables)
                ?? Check.Passed($"{Examples.Count(values, "value")} in {Examples.Count(columns.Count, "column")}, all encrypted.");
    }
}
