namespace LettaDr.Systems.Tests;

/// <summary>How a program's end is told. A place that stops just while a program starts shows some of these only by chance.</summary>
public sealed class ProgramFailureTests
{
    [Theory]
    [InlineData(137, "", "ProgramKilled", "was killed")]
    [InlineData(126, "", "ProgramKilled", "could no longer be started")]
    [InlineData(1, "pg_dump: error: server closed the connection unexpectedly", "ConnectionLost", "server closed the connection")]
    [InlineData(
        1,
        "pg_dump: error: query failed: server closed the connection unexpectedly\n\tThis probably means the server terminated abnormally\n"
        + "\tbefore or while processing the request.\npg_dump: detail: Query was: SELECT 1",
        "ConnectionLost", "lost its connection to the server")]
    [InlineData(1, "pg_dump: error: canceling statement due to lock timeout", "TableLocked", "lock timeout")]
    [InlineData(1, "pg_dump: error: something else", "ProgramFailed", "something else")]
    [InlineData(3, "", "ProgramFailed", "it said nothing")]
    public async Task The_end_of_a_program_is_told_by_what_it_means(int exitCode, string said, string id, string words)
    {
        var endpoint = new DatabaseEndpoint { Host = "172.17.0.2", Database = "letta", UserName = "letta" };
        var programs = new PostgresPrograms(new EndingHost(exitCode, said), new PostgresConnector(endpoint, OperationId.Next()));

        var failure = await Assert.ThrowsAsync<LettaDrException>(() => programs.RunAsync("pg_dump", [], null, null, CancellationToken.None));

        Assert.Equal(id, failure.Id);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.Contains("pg_dump", failure.Message, StringComparison.Ordinal);
    }

    private sealed class EndingHost(long exitCode, string standardError) : IProgramHost
    {
        public string Name => "container db";

        public string ServerHost => "127.0.0.1";

        public int ServerPort => 5432;

        public Task<(long ExitCode, string StandardError)> RunAsync(
            IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, Stream? input, Stream? output,
            CancellationToken cancellationToken) => Task.FromResult((exitCode, standardError));

        public Task<string> StageAsync(Stream content, string operationId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task UnstageOrphansAsync(IReadOnlyCollection<string> livingOperations, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task UnstageAsync(string path) => throw new NotSupportedException();

        public Task<long?> FreeBytesAsync(string path, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
