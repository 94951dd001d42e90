using Npgsql;

namespace LettaDr.Systems.Tests;

internal static class Query
{
    /// <summary>The rows, their fields joined by tabs; NULL is empty.</summary>
    public static async Task<List<string>> LinesAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
        {
            lines.Add(string.Join('\t', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i).ToString())));
        }

        return lines;
    }

    /// <summary>The one field of the one row, as text.</summary>
    public static async Task<string> ValueAsync(string connectionString, string sql) => Assert.Single(await LinesAsync(connectionString, sql));
}
