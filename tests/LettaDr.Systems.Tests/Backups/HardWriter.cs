using Npgsql;

namespace LettaDr.Systems.Tests;

/// <summary>Commits as fast as the server takes it, over several connections at once; each transaction notes its own number.</summary>
internal sealed class HardWriter : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _writing;
    private long _committed;

    private HardWriter(LettaDeployment deployment, int connections, string synchronousCommit) => _writing =
        [.. Enumerable.Range(0, connections).Select(_ => Task.Run(() => WriteAsync(deployment, synchronousCommit)))];

    /// <summary>Transactions known to be committed.</summary>
    public long Committed => Interlocked.Read(ref _committed);

    public static async Task<HardWriter> StartAsync(LettaDeployment deployment, int connections, string synchronousCommit = "on")
    {
        await PostgresServer.ExecuteAsync(
            deployment, "CREATE TABLE IF NOT EXISTS marks (id bigserial PRIMARY KEY, transaction xid8 NOT NULL DEFAULT pg_current_xact_id(), amount int)");
        var writer = new HardWriter(deployment, connections, synchronousCommit);
        await Eventually.TrueAsync(() => writer.Committed > 100);
        return writer;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_writing);
        _stop.Dispose();
    }

    private async Task WriteAsync(LettaDeployment deployment, string synchronousCommit)
    {
        await using var connection = await PostgresServer.OpenAsync(deployment);
        await PostgresConnector.ExecuteAsync(connection, $"SET synchronous_commit = {synchronousCommit}", CancellationToken.None);
        await using var insert = new NpgsqlCommand("INSERT INTO marks (amount) VALUES (1)", connection);
        await insert.PrepareAsync();
        while (!_stop.IsCancellationRequested)
        {
            await insert.ExecuteNonQueryAsync(CancellationToken.None);
            Interlocked.Increment(ref _committed);
        }
    }
}
