namespace LettaDr.Systems.Tests;

/// <summary>A physical set is proven by recovering it to just its snapshot, and comparing every row.</summary>
public sealed class ClusterProvingTests
{
    [DockerFact(TestImages.Postgres)]
    public async Task Copies_recovered_to_their_snapshots_hold_every_row_and_nothing_of_later()
    {
        await using var server = await RecoverableServer.StartNewAsync();
        await server.FillAsync();
        var full = await server.CopyAsync();
        await server.ExecuteAsync("CREATE TABLE since AS SELECT generate_series(1, 100000) AS i; DELETE FROM letta.messages WHERE ctid IN (SELECT ctid FROM letta.messages LIMIT 10)");
        var incremental = await server.CopyAsync(BaseBackupType.Incremental);
        await server.ExecuteAsync("DROP TABLE since");

        Assert.Contains("49 of 49 tables identical", await ProveAsync(server, full), StringComparison.Ordinal);
        Assert.Contains("50 of 50 tables identical", await ProveAsync(server, incremental), StringComparison.Ordinal);
    }

    private static Task<string> ProveAsync(RecoverableServer server, Backup backup) =>
        new ClusterProving(server.Repository.Directory, new CollectingObserver(), 2, null).ProveAsync(backup, CancellationToken.None);
}
