namespace LettaDr.Systems.Tests;

/// <summary>What is refused before anything is copied.</summary>
[Collection(nameof(ClusterBackupServer))]
public sealed class ClusterRefusalTests(ClusterServer server) : IDisposable
{
    private readonly TemporaryRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [DockerTheory(TestImages.Postgres)]
    [InlineData("", "ReplicationNotAllowed", "REPLICATION")]
    [InlineData("REPLICATION", "ReadingLogNotAllowed", "GRANT EXECUTE")]
    public async Task A_role_that_may_not_is_told_what_it_lacks(string attributes, string id, string remedy)
    {
        var letta = await server.UnchangedLettaDatabaseAsync();
        var role = await server.CreateRoleAsync(attributes);

        var refusal = await RefusalAsync(server.Deployment(letta.Database.Database, role, role));

        Assert.Equal((id, FaultKind.PermissionDenied), (refusal.Id, refusal.Kind));
        Assert.Contains(role, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, refusal.Remedy, StringComparison.Ordinal);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task An_incremental_set_needs_a_physical_one_of_the_same_cluster()
    {
        var letta = await server.UnchangedLettaDatabaseAsync();
        Assert.Equal("BaseBackupNotFound", (await RefusalAsync(letta, Incremental)).Id);

        var logical = await LettaOperations.BackUpAsync(letta, _repository);
        Assert.Equal("BaseBackupNotFound", (await RefusalAsync(letta, Incremental)).Id);
        Assert.Equal("ParentNotPhysical", (await RefusalAsync(letta, request => Incremental(request) with { Parent = logical })).Id);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_server_without_WAL_senders_or_summaries_is_told_of_both()
    {
        var poor = new PoorServer();
        await poor.InitializeAsync();
        try
        {
            var letta = await poor.CreateDatabaseAsync();
            var senders = await RefusalAsync(letta);
            Assert.Equal(("NoWalSendersFree", FaultKind.Busy), (senders.Id, senders.Kind));
            Assert.Contains("max_wal_senders", senders.Remedy, StringComparison.Ordinal);
            var summaries = await RefusalAsync(letta, Incremental);
            Assert.Equal(("WalNotSummarized", FaultKind.Incompatible), (summaries.Id, summaries.Kind));
            Assert.Contains("summarize_wal = on", summaries.Remedy, StringComparison.Ordinal);
        }
        finally
        {
            await poor.DisposeAsync();
        }
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_pg_hba_that_lets_nobody_replicate_is_named()
    {
        var letta = await server.UnchangedLettaDatabaseAsync();
        await server.ShellAsync("sed -i.kept /replication/d $PGDATA/pg_hba.conf");
        try
        {
            await PostgresServer.ValueAsync(letta, "SELECT pg_reload_conf()");
            LettaDrException? refusal = null;
            await Eventually.TrueAsync(async () => (refusal = await RefusalAsync(letta)).Id == "ReplicationRefused");
            Assert.Contains("pg_hba.conf", refusal!.Message, StringComparison.Ordinal);
        }
        finally
        {
            await server.ShellAsync("cat $PGDATA/pg_hba.conf.kept > $PGDATA/pg_hba.conf && rm $PGDATA/pg_hba.conf.kept");
            await PostgresServer.ValueAsync(letta, "SELECT pg_reload_conf()");
        }
    }

    private static BackupRequest Incremental(BackupRequest request) => request with { Physical = BaseBackupType.Incremental };

    private async Task<LettaDrException> RefusalAsync(LettaDeployment deployment, Func<BackupRequest, BackupRequest>? change = null)
    {
        var before = _repository.SetFiles();
        var refusal = await Assert.ThrowsAsync<LettaDrException>(() => LettaOperations.CopyClusterAsync(deployment, _repository, change));
        Assert.Equal(before, _repository.SetFiles());
        return refusal;
    }

    private sealed class PoorServer : PostgresServer
    {
        protected override IReadOnlyList<string> Settings => [.. base.Settings, "max_wal_senders=0"];
    }
}
