namespace LettaDr.Systems;

/// <summary>What Letta's database tells of its key: credentials that are encrypted with it, and those that are not encrypted at all.</summary>
/// <param name="Plain">Credentials in plain text.</param>
/// <param name="Encrypted">A few that are encrypted.</param>
internal sealed record CredentialSurvey(long Plain, IReadOnlyList<EncryptedCanary> Encrypted)
{
    private const int Enough = 6;

    /// <summary>Reads the columns of credentials.</summary>
    /// <exception cref="LettaDrException">The database cannot be reached, or read.</exception>
    public static async Task<CredentialSurvey> ReadAsync(DatabaseEndpoint database, CancellationToken cancellationToken)
    {
        var connector = new PostgresConnector(database, OperationId.Next());
        var connection = await connector.OpenOnlyAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        try
        {
            var tables = await LettaTables.FindAsync(connection, cancellationToken).ConfigureAwait(false);
            var columns = tables.Schema is not { } schema ? [] : await PostgresConnector.QueryAsync(
                connection, EncryptedColumns.Listing, row => (Table: row.GetString(0), Column: row.GetString(1)), cancellationToken, schema).ConfigureAwait(false);
            var plain = 0L;
            var encrypted = new List<EncryptedCanary>();
            foreach (var (table, column) in columns)
            {
                var name = tables.Qualified(table);
                plain += (await PostgresConnector.QueryAsync(
                    connection, EncryptedColumns.Counting(name, column), row => row.GetInt64(1), cancellationToken).ConfigureAwait(false))[0];
                if (encrypted.Count < Enough)
                {
                    encrypted.AddRange(await PostgresConnector.QueryAsync(
                        connection, EncryptedColumns.Examples(name, column),
                        row => new EncryptedCanary(table, column, row.GetString(0), row.GetString(1)), cancellationToken).ConfigureAwait(false));
                }
            }

            return new CredentialSurvey(plain, encrypted);
        }
        catch (Exception failure) when (PostgresFaults.Translate(failure, database) is { } fault)
        {
            throw fault;
        }
    }
}
