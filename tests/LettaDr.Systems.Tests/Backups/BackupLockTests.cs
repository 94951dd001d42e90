using System.Globalization;

namespace LettaDr.Systems.Tests;

[Collection(nameof(BackupServer))]
public sealed class BackupLockTests(PostgresServer server) : IDisposable
{
    private readonly TemporaryRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [DockerFact(TestImages.Postgres)]
    public async Task The_second_of_two_backups_at_once_is_refused_by_name_of_the_first_and_another_deployment_s_is_not()
    {
        var letta = await server.UnchangedLettaDatabaseAsync();
        LettaDrException? refusal = null;
        Backup? neighbour = null;
        var met = 0;
        var observer = new CollectingObserver
        {
            OnProgress = progress =>
            {
                if (progress is { Status: "Copying schema and rows", BytesDone: > 0 } && Interlocked.Exchange(ref met, 1) == 0)
                {
                    refusal = Assert.ThrowsAsync<LettaDrException>(() => LettaOperations.BackUpAsync(letta, _repository)).GetAwaiter().GetResult();
                    neighbour = LettaOperations.BackUpAsync(letta with { Name = "neighbour" }, _repository).GetAwaiter().GetResult();
                }
            },
        };

        var first = await LettaOperations.BackUpAsync(letta, _repository, null, observer);

        Assert.Equal(("RepositoryLocked", FaultKind.Busy), (refusal!.Id, refusal.Kind));
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"Backup by process {Environment.ProcessId} on {Environment.MachineName} since "),
            refusal.Message, StringComparison.Ordinal);
        Assert.Equal(BackupState.Complete, neighbour!.State);
        Assert.Equal(first.Id, Assert.Single(_repository.Catalog.List(letta.Name, includeIncomplete: true)).Id);
        Assert.Equal(BackupState.Complete, (await LettaOperations.BackUpAsync(letta, _repository)).State);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task What_a_dead_process_left_is_no_obstacle()
    {
        var letta = await server.UnchangedLettaDatabaseAsync();
        var folder = Path.Combine(_repository.Path, letta.Name);
        Directory.CreateDirectory(Path.Combine(folder, "sets", ".incomplete-20260101T000000Z-abcdef", "rows"));
        Directory.CreateDirectory(Path.Combine(folder, "sets", ".removed-20260101T000000Z-fedcba"));
        await File.WriteAllTextAsync(Path.Combine(folder, "lock"), "Backup by process 1 on elsewhere since 2026-01-01 00:00:00Z");
        var observer = new CollectingObserver();

        var backup = await LettaOperations.BackUpAsync(letta, _repository, null, observer);

        Assert.Equal(2, observer.Warnings.Count);
        Assert.Equal([backup.Id], Directory.EnumerateFileSystemEntries(Path.Combine(folder, "sets")).Select(Path.GetFileName));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task Another_cluster_under_the_same_name_is_refused_until_it_is_allowed_once()
    {
        var other = await PostgresServer.StartNewAsync();
        try
        {
            var letta = await server.UnchangedLettaDatabaseAsync();
            var impostor = await other.CreateDatabaseAsync(letta.Database.Database);
            var first = await LettaOperations.BackUpAsync(letta, _repository);

            var refusal = await Assert.ThrowsAsync<LettaDrException>(() => LettaOperations.BackUpAsync(impostor, _repository));

            Assert.Equal(("RepositoryOfOtherCluster", FaultKind.Incompatible), (refusal.Id, refusal.Kind));
            Assert.Contains(first.Manifest!.Database!.SystemIdentifier!, refusal.Message, StringComparison.Ordinal);
            Assert.Equal(first.Id, Assert.Single(_repository.Catalog.List(null, includeIncomplete: true)).Id);

            var allowed = await LettaOperations.BackUpAsync(impostor, _repository, request => request with { AllowOtherCluster = true });
            Assert.NotEqual(first.Manifest.Database.SystemIdentifier, allowed.Manifest!.Database!.SystemIdentifier);
            Assert.Equal(BackupState.Complete, (await LettaOperations.BackUpAsync(impostor, _repository)).State);
            Assert.Equal(
                "RepositoryOfOtherCluster",
                (await Assert.ThrowsAsync<LettaDrException>(() => LettaOperations.BackUpAsync(letta, _repository))).Id);
        }
        finally
        {
            await other.DisposeAsync();
        }
    }
}
