namespace LettaDr.Systems;

/// <summary>Encrypts a seeded database's credentials as Letta would with a key, so that a wrong key shows.</summary>
internal static class SeedCredentials
{
    /// <summary>Gives every credential there is one value, encrypted.</summary>
    internal static async Task EncryptAsync(string connectionString, string key, CancellationToken cancellationToken)
    {
        await using var connection = await LettaSchema.OpenAsync(connectionString, cancellationToken);
        var schema = await PostgresConnector.ScalarAsync<string>(connection, "SELECT pg_catalog.current_schema()::text", cancellationToken);
        var columns = await PostgresConnector.QueryAsync(
            connection, EncryptedColumns.Listing, row => (Table: row.GetString(0), Column: row.GetString(1)), cancellationToken, schema);
        var value = PostgresName.Literal(LettaEncryption.Encrypt("sandbox", key));
        foreach (var (table, column) in columns)
        {
            var name = PostgresName.Quote(column);
            await LettaSchema.ExecuteAsync(
                connection, $"UPDATE {PostgresName.Quote(table)} SET {name} = {value} WHERE {name} IS NOT NULL", cancellationToken);
        }
    }
}
