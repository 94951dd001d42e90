namespace LettaDr.Systems.Tests;

/// <summary>Commits as fast as the server takes it, over several connections at once; each transaction notes its own number.</summary>
internal sealed class HardWriter : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _writing;
    private long _committed;

    private HardWriter(LettaDeployment deployment, int connections, string synchronousCommit, bool inTwoPhases) => _writing =
        [.. Enumerable.Range(0, connections).Select(number => Task.Run(() => WriteAsync(deployment, synchronousCommit, inTwoPhases && number % 2 == 0)))];

    /// <summary>Transactions known to be committed.</summary>
    public long Committed => Interlocked.Read(ref _committed);

    public static async Task<HardWriter> StartAsync(LettaDeployment deployment, int connections, string synchronousCommit = "on", bool inTwoPhases = false)
    {
        await PostgresServer.ExecuteAsync(
            deployment, "CREATE TABLE IF NOT EXISTS marks (id bigserial PRIMARY KEY, transaction xid8 NOT NULL DEFAULT pg_current_xact_id(), amount int)");
        var writer = new HardWriter(deployment, connections, synchronousCommit, inTwoPhases);
        await Eventually.TrueAsync(() => writer.Committed > 100);
        return writer;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_writing);
        _stop.Dispose();
    }

    private async Task WriteAsync(LettaDeployment deployment, string synchronousCommit, bool inTwoPhases)
    {
        await using var connection = await PostgresServer.OpenAsync(deployment);
        await PostgresConnector.ExecuteAsync(connection, $"SET synchronous_commit = {synchronousCommit}", CancellationToken.None);
        const string Insert = "INSERT INTO marks (amount) VALUES (1)";
        var name = PostgresServer.NewName("two_phases");
        while (!_stop.IsCancellationRequested)
        {
            // Of a prepared transaction, the commit is another statement, and its record another kind.
            await PostgresConnector.ExecuteAsync(connection, inTwoPhases ? $"BEGIN; {Insert}; PREPARE TRANSACTION '{name}'" : Insert, CancellationToken.None);
            if (inTwoPhases)
            {
                await PostgresConnector.ExecuteAsync(connection, $"COMMIT PREPARED '{name}'", CancellationToken.None);
            }

            Interlocked.Increment(ref _committed);
        }
    }
}
