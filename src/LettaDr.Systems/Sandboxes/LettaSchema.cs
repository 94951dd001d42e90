using Npgsql;

namespace LettaDr.Systems;

/// <summary>Letta's schema at its last revision, made without Letta.</summary>
internal static class LettaSchema
{
    /// <summary>What <c>alembic_version</c> holds.</summary>
    internal const string Revision = "1c28e167b74f";

    /// <summary>
    /// Creates the 49 tables in the first schema of the database's search_path, all or nothing.
    /// The extension vector must be there already.
    /// </summary>
    internal static async Task CreateAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(connectionString, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, SandboxSql.Schema, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Opens a connection for a long statement: no timeout, no pool that would outlive it.</summary>
    internal static async Task<NpgsqlConnection> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 0, Pooling = false };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    internal static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
