namespace LettaDr.Systems.Tests;

/// <summary>The ways by which a physical copy comes into the set.</summary>
[Collection(nameof(ClusterBackupServer))]
public sealed class ClusterWayTests(ClusterServer server) : IDisposable
{
    private readonly TemporaryRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [DockerFact(TestImages.Postgres)]
    public async Task It_is_written_by_a_container_beside_the_server_which_is_gone_afterwards()
    {
        var letta = await server.UnchangedLettaDatabaseAsync();
        var folders = new List<string>();

        var backup = await CopyAsync(letta, async (folder, cancellationToken) =>
        {
            var beside = await ServerCompanion.StartAsync(server.Docker, letta.Database.Container!, 5432, folder, cancellationToken);
            Assert.Equal(1, await ContainersAsync(folder));
            folders.Add(folder);
            return beside;
        });

        Assert.Equal(0, await ContainersAsync(Assert.Single(folders)));
        Assert.Equal(Outcome.Passed, ClusterVerificationTests.Verify(_repository, backup).Outcome);
        Assert.DoesNotContain(_repository.SetFiles(), path => path.Contains("incoming", StringComparison.Ordinal));
    }

    [DockerTheory(TestImages.Postgres)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_comes_through_the_server_s_own_container_where_none_can_write_beside_it(bool tablespace)
    {
        var letta = await server.CreateDatabaseAsync();
        var name = PostgresServer.NewName("streamed");
        await HeavyTable.CreateAsync(letta);
        if (tablespace)
        {
            await server.ShellAsync($"install -d -o postgres -m 0700 /var/lib/postgresql/{name}");
            await PostgresServer.ExecuteAsync(letta, $"CREATE TABLESPACE {name} LOCATION '/var/lib/postgresql/{name}'");
            await PostgresServer.ExecuteAsync(letta, $"CREATE TABLE elsewhere TABLESPACE {name} AS SELECT i FROM generate_series(1, 10000) AS i");
        }

        try
        {
            var backup = await CopyAsync(letta, (_, _) => Task.FromResult<ServerCompanion?>(null));

            Assert.Equal(tablespace ? 2 : 1, backup.Manifest!.Files.Count(file => file.Name.EndsWith(".tar.zst", StringComparison.Ordinal)));
            Assert.Equal(Outcome.Passed, ClusterVerificationTests.Verify(_repository, backup).Outcome);
            Assert.Empty(await server.ShellAsync("ls /tmp | grep lettadr || true"));
        }
        finally
        {
            if (tablespace)
            {
                await PostgresServer.ExecuteAsync(letta, "DROP TABLE IF EXISTS elsewhere");
                await PostgresServer.ExecuteAsync(letta, $"DROP TABLESPACE {name}");
            }
        }
    }

    [DockerFact(TestImages.Postgres)]
    public async Task No_container_is_kept_that_cannot_write_where_the_set_is_made()
    {
        var letta = await server.UnchangedLettaDatabaseAsync();

        // What an engine does with a folder that only this process's own file system has, and one that may be seen there, but not written to.
        foreach (var folder in new[] { _repository.Path + "-elsewhere", "/sys/kernel" })
        {
            Assert.Null(await ServerCompanion.StartAsync(server.Docker, letta.Database.Container!, 5432, folder, CancellationToken.None));
            Assert.Equal(0, await ContainersAsync(folder));
        }
    }

    /// <summary>How many containers of this process mount a folder; others have theirs at the same time.</summary>
    private async Task<int> ContainersAsync(string folder)
    {
        var all = await server.Docker.ListAsync(all: true, ScratchContainers.Labels().Take(1).ToDictionary(), CancellationToken.None);
        return all.Count(found => found.Container.Volumes.Any(volume => volume.Source == folder));
    }

    private async Task<Backup> CopyAsync(LettaDeployment letta, Func<string, CancellationToken, Task<ServerCompanion?>> openBeside)
    {
        var connector = new PostgresConnector(letta.Database, OperationId.Next());
        var programs = new PostgresPrograms(new DockerProgramHost(server.Docker, letta.Database.Container!, 5432), connector);
        var making = new BackupMaking(_repository.Directory, new CollectingObserver(), _repository.Journals);
        var request = new BackupRequest { Deployment = letta, Physical = BaseBackupType.Full };
        return await ClusterBackup.RunAsync(
            making, _repository.Directory, request, () => new PostgresClusterSource(connector, programs, openBeside), CancellationToken.None);
    }
}
