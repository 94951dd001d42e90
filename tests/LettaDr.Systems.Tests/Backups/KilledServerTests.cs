namespace LettaDr.Systems.Tests;

public sealed class KilledServerTests : IDisposable
{
    private readonly TemporaryRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [DockerFact(TestImages.Postgres)]
    public async Task A_server_killed_in_mid_backup_is_told_of_and_nothing_is_published()
    {
        var server = await PostgresServer.StartNewAsync();
        try
        {
            var letta = await server.CreateDatabaseAsync();
            await HeavyTable.CreateAsync(letta);
            var killed = 0;
            var observer = new CollectingObserver
            {
                OnProgress = progress =>
                {
                    if (progress is { Status: "Copying schema and rows", BytesDone: > 0 } && Interlocked.Exchange(ref killed, 1) == 0)
                    {
                        server.Docker.Containers.KillAsync(server.Container.Id!, CancellationToken.None).GetAwaiter().GetResult();
                    }
                },
            };

            var failure = await Assert.ThrowsAsync<LettaDrException>(() => LettaOperations.BackUpAsync(letta, _repository, null, observer));

            // Whichever notices first tells: a reader of rows, or pg_dump, which went down with its container.
            Assert.Equal(1, killed);
            Assert.True(failure.Id is "ConnectionLost" or "ServerShutDown" or "DatabaseUnreachable" or "ProgramKilled", failure.ToString());
            Assert.Empty(_repository.SetFiles());
            Assert.Empty(_repository.Catalog.List(null, includeIncomplete: true));
        }
        finally
        {
            await server.DisposeAsync();
        }
    }
}
