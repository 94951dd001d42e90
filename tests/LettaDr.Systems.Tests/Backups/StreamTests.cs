namespace LettaDr.Systems.Tests;

/// <summary>How streams of rows travel between the server and us.</summary>
[Collection(nameof(BackupServer))]
public sealed class StreamTests(PostgresServer server)
{
    [DockerFact(TestImages.Postgres)]
    public async Task Threads_that_stream_leave_the_processor_to_the_server()
    {
        var connector = new PostgresConnector(server.Deployment("postgres").Database, OperationId.Next());

        var (policy, connection) = await connector.StreamAsync(null, null, _ => ThreadPolicy("/proc/thread-self"), CancellationToken.None);

        await connection.DisposeAsync();
        Assert.Equal(BatchPolicy, policy);
        var sockets = Directory.GetDirectories("/proc/self/task").Where(IsSocketThread).ToList();
        Assert.NotEmpty(sockets);
        Assert.All(sockets, thread => Assert.Equal(BatchPolicy, ThreadPolicy(thread)));
    }

    // SCHED_BATCH of sched(7); field 41 of proc_pid_stat(5), counted from behind the name in parentheses, which is the second.
    private const string BatchPolicy = "3";

    private static bool IsSocketThread(string thread)
    {
        try
        {
            return File.ReadAllText(thread + "/comm").StartsWith(".NET Sockets", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // It has ended since it was listed, which the one that waits for sockets does not.
            return false;
        }
    }

    private static string ThreadPolicy(string thread)
    {
        var stat = File.ReadAllText(thread + "/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[41 - 3];
    }
}
