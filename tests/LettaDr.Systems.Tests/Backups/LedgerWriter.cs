using Npgsql;

namespace LettaDr.Systems.Tests;

/// <summary>
/// Commits one transaction after another, each the same function of its number: what the tables hold after number n is known. Each
/// keeps a sum of nought over a heavy table, which is copied in parts, and a light one, which goes into the archive.
/// </summary>
internal sealed class LedgerWriter(LettaDeployment deployment)
{
    private long _committed;

    /// <summary>The number of the newest transaction that is known to be committed.</summary>
    public long Committed => Interlocked.Read(ref _committed);

    public static async Task CreateTablesAsync(LettaDeployment deployment)
    {
        await HeavyTable.CreateAsync(deployment);
        await PostgresServer.ExecuteAsync(
            deployment,
            """
            CREATE TABLE light (id bigint PRIMARY KEY, amount int NOT NULL);
            CREATE TABLE progress (last bigint NOT NULL);
            INSERT INTO progress VALUES (0);
            """);
    }

    /// <summary>Writes from number <paramref name="first"/> on until told to stop or done with <paramref name="last"/>.</summary>
    public async Task RunAsync(long first, long last, CancellationToken cancellationToken)
    {
        await using var connection = await PostgresServer.OpenAsync(deployment);
        for (var number = first; number <= last && !cancellationToken.IsCancellationRequested; number++)
        {
            await using var batch = new NpgsqlCommand(
                $"""
                BEGIN;
                UPDATE progress SET last = {number};
                INSERT INTO heavy VALUES ({HeavyTable.Rows + number}, {number}, repeat('written', 100) || {number});
                INSERT INTO light VALUES ({number}, -{number});
                UPDATE heavy SET amount = amount + 1 WHERE id = {1 + (number * 7919 % HeavyTable.Rows)};
                UPDATE light SET amount = amount - 1 WHERE id = {number};
                WITH gone AS (DELETE FROM heavy WHERE id = {HeavyTable.Rows + number - 5} RETURNING amount)
                    UPDATE light SET amount = light.amount + gone.amount FROM gone WHERE light.id = {number - 5};
                COMMIT
                """,
                connection);
            await batch.ExecuteNonQueryAsync(CancellationToken.None);
            Interlocked.Exchange(ref _committed, number);
        }
    }
}
