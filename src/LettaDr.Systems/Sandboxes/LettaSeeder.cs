using Npgsql;

namespace LettaDr.Systems;

/// <summary>Fills an empty Letta schema with rows that a real one could hold.</summary>
internal static class LettaSeeder
{
    /// <summary>
    /// Seeds all 49 tables of the schema that <see cref="LettaSchema.CreateAsync"/> made. The same size gives the same rows.
    /// </summary>
    /// <param name="connectionString">Npgsql's connection string of the database; the role must own the tables.</param>
    /// <param name="size">How much.</param>
    /// <param name="observer">Who watches; null for nobody.</param>
    /// <param name="cancellationToken">Stops in the middle and leaves what is there.</param>
    internal static async Task SeedAsync(
        string connectionString, LettaSeedSize size, IOperationObserver? observer, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size.Agents, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(size.Messages);
        ArgumentOutOfRangeException.ThrowIfNegative(size.Passages);

        await using var main = await OpenAsync(connectionString, size, cancellationToken);
        await LettaSchema.ExecuteAsync(main, SandboxSql.Seed, cancellationToken);

        var meter = observer is null ? null : new ProgressMeter(observer, "Seeding a Letta database");
        meter?.Stage("Copying messages and passages", size.EstimatedBytes);
        Action<long> sent = meter is null ? static _ => { } : meter.Add;
        var half = size.Runs / 2;
        await ParallelWork.RunAsync(
            [
                token => CopyAsync(connection => new SeedMessages(size).CopyAsync(connection, 1, half, sent, token), token),
                token => CopyAsync(connection => new SeedMessages(size).CopyAsync(connection, half + 1, size.Runs, sent, token), token),
                token => CopyAsync(connection => new SeedPassages(size).CopyAsync(connection, sent, token), token),
            ],
            jobs: 3,
            cancellationToken);

        await LettaSchema.ExecuteAsync(main, SandboxSql.SeedLinks, cancellationToken);
        await LettaSchema.ExecuteAsync(main, "ANALYZE", cancellationToken);

        async Task CopyAsync(Func<NpgsqlConnection, Task> copy, CancellationToken token)
        {
            await using var connection = await OpenAsync(connectionString, size, token);
            await copy(connection);
        }
    }

    private static async Task<NpgsqlConnection> OpenAsync(
        string connectionString, LettaSeedSize size, CancellationToken cancellationToken)
    {
        var connection = await LettaSchema.OpenAsync(connectionString, cancellationToken);
        try
        {
            // The rows refer to each other by construction, so the triggers that check it are left out for a superuser;
            // another role pays for them.
            await LettaSchema.ExecuteAsync(
                connection,
                $"""
                SELECT set_config('lettadr.seed', '{size.Seed}', false), set_config('lettadr.agents', '{size.Agents}', false),
                       set_config('lettadr.runs', '{size.Runs}', false), set_config('lettadr.sources', '{size.Sources}', false),
                       set_config('lettadr.files', '{size.Files}', false), set_config('synchronous_commit', 'off', false),
                       CASE WHEN current_setting('is_superuser') = 'on' THEN set_config('session_replication_role', 'replica', false) END
                """,
                cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
