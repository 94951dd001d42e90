using System.Collections.Concurrent;
using Npgsql;

namespace LettaDr.Systems.Tests;

/// <summary>Commits numbered rows one after another, as fast as the server takes them, and knows when it heard of each commit.</summary>
internal sealed class NumberedWriter(LettaDeployment deployment)
{
    private readonly ConcurrentQueue<(int Number, DateTimeOffset HeardAt)> _heard = new();

    /// <summary>The commits that the server has confirmed.</summary>
    public IReadOnlyCollection<(int Number, DateTimeOffset HeardAt)> Heard => _heard;

    public int Last => _heard.IsEmpty ? 0 : _heard.Last().Number;

    public static Task CreateTableAsync(LettaDeployment deployment) =>
        PostgresServer.ExecuteAsync(deployment, "CREATE TABLE numbered (i int PRIMARY KEY, filler text NOT NULL)");

    /// <summary>Writes until told to stop, done, or the server is gone.</summary>
    public async Task RunAsync(int count, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await PostgresServer.OpenAsync(deployment);
            for (var number = Last + 1; number <= count && !cancellationToken.IsCancellationRequested; number++)
            {
                await using var insert = new NpgsqlCommand($"INSERT INTO numbered VALUES ({number}, repeat('x', 200))", connection);
                await insert.ExecuteNonQueryAsync(CancellationToken.None);
                _heard.Enqueue((number, DateTimeOffset.UtcNow));
            }
        }
        catch (Exception gone) when (gone is NpgsqlException or IOException)
        {
            // What was heard of was committed; what was under way may have been.
        }
    }
}
