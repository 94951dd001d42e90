namespace LettaDr.Systems.Tests;

[Collection(nameof(ClusterBackupServer))]
public sealed class ClusterBackupTests(ClusterServer server) : IDisposable
{
    private readonly TemporaryRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [DockerFact(TestImages.Postgres)]
    public async Task A_physical_set_is_recovered_by_its_RESTORE_txt_to_just_what_it_says()
    {
        var letta = await server.CreateLettaDatabaseAsync();
        await PostgresServer.ExecuteAsync(letta, "CREATE UNLOGGED TABLE fleeting AS SELECT 1 AS number");

        var backup = await LettaOperations.CopyClusterAsync(letta, _repository);

        var part = backup.Manifest!.Cluster!;
        Assert.Equal((BaseBackupType.Full, BackupParts.Cluster, "cluster", letta.Database.Database), (part.Type, backup.Parts, backup.Kind, part.Database));
        Assert.True(part.StartLsn < part.EndLsn && part.EndLsn <= part.SnapshotLsn);
        await using var recovered = await RecoveredCluster.AtSnapshotAsync(backup);
        Assert.Empty(await recovered.CompareAsync(_repository, backup));
        Assert.Equal("0", await PostgresServer.ValueAsync(letta, "SELECT count(*) FROM pg_replication_slots"));
    }
}
