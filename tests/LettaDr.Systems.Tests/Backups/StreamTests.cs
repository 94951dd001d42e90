namespace LettaDr.Systems.Tests;

/// <summary>How streams of rows travel between the server and us.</summary>
[Collection(nameof(BackupServer))]
public sealed class StreamTests(PostgresServer server)
{
    [DockerFact(TestImages.Postgres)]
    public async Task The_server_in_a_local_container_is_reached_by_its_own_socket()
    {
        var details = await server.Docker.DescribeAsync(server.Container.Id!, CancellationToken.None);
        var directory = ServerSocket.FindDirectory(details.ProcessId, 5432);
        Assert.NotNull(directory);
        Assert.Equal("socket", await TransportAsync(directory));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task Without_a_socket_that_answers_the_stream_comes_by_tcp() => Assert.Equal("tcp", await TransportAsync("/nowhere"));

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

    private async Task<string> TransportAsync(string directory)
    {
        var connector = new PostgresConnector(server.Deployment("postgres").Database, OperationId.Next(), directory);
        var (transport, connection) = await connector.StreamAsync(
            null, null,
            stream =>
            {
                using var command = stream.CreateCommand();
                command.CommandText = "SELECT CASE WHEN pg_catalog.inet_client_addr() IS NULL THEN 'socket' ELSE 'tcp' END";
                return (string)command.ExecuteScalar()!;
            },
            CancellationToken.None);
        await connection.DisposeAsync();
        return transport;
    }
}
