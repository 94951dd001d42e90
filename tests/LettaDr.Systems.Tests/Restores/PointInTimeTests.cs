using System.Globalization;

namespace LettaDr.Systems.Tests;

/// <summary>A whole cluster goes back to a moment, on the volume of its own server.</summary>
public sealed class PointInTimeTests
{
    [DockerFact(TestImages.Postgres)]
    public async Task A_deletion_of_agents_is_undone_to_the_moment_before_and_what_is_lost_is_told()
    {
        await using var server = await RecoverableServer.StartNewAsync();
        await server.FillAsync();
        await using var log = new ReceivedLog(server);
        await log.ReceiveAsync();
        await server.CopyAsync();
        var agents = await server.ValueAsync("SELECT string_agg(id, ',' ORDER BY id) FROM letta.agents");
        var before = await NowAsync(server);
        await Task.Delay(100);
        await server.ExecuteAsync("SET session_replication_role = replica; DELETE FROM letta.agents");
        await server.ExecuteAsync("INSERT INTO letta.organizations (id, name, is_deleted, privileged_tools, created_at) VALUES ('org-late', 'late', false, false, now())");
        await log.ReceivedAsync();

        var result = await server.RecoverAsync(RecoveryTarget.At(before));

        Assert.Equal(agents, await server.ValueAsync("SELECT string_agg(id, ',' ORDER BY id) FROM letta.agents"));
        Assert.Equal("0", await server.ValueAsync("SELECT count(*) FROM letta.organizations WHERE id = 'org-late'"));
        Assert.Equal(49, result.TablesIdentical);
        Assert.Equal(2, result.Loss.Commits);
        Assert.Equal(agents.Split(','), result.Loss.Agents!.Where(agent => agent.Change == AgentChange.Deleted).Select(agent => agent.Id).Order(StringComparer.Ordinal));
        Assert.Contains(result.Loss.Tables, table => table is { Table: "organizations", Created: 1, Deleted: 0 });
        Assert.Contains(result.Loss.Tables, table => table is { Table: "agents", Created: 0, Deleted: > 0 });
        Assert.Equal(2u, result.Timeline);

        // The cluster that was set aside comes back, and the recovered one is kept.
        var undoing = new ClusterUndoing(server.Deployment, new CollectingObserver(), server.Repository.Journals);
        var (mark, folder) = (await undoing.FindAsync(CancellationToken.None))!.Value;
        Assert.Contains(folder, result.PreviousCluster!, StringComparison.Ordinal);
        var undone = await undoing.RunAsync(mark, folder, disconnectSessions: false, OperationId.Next(), CancellationToken.None);
        await server.RefreshAsync();
        Assert.Equal("0", await server.ValueAsync("SELECT count(*) FROM letta.agents"));
        Assert.Equal("1", await server.ValueAsync("SELECT count(*) FROM letta.organizations WHERE id = 'org-late'"));
        Assert.Contains("undone", undone.UndoneDatabase, StringComparison.Ordinal);
        Assert.Null(await undoing.FindAsync(CancellationToken.None));

        // What was undone keeps its timeline for itself, though nothing but its own files knows of it.
        Assert.Equal(3u, (await server.RecoverAsync(RecoveryTarget.At(before))).Timeline);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_recovery_lands_between_two_commits_and_across_a_promotion_and_at_a_name_and_a_position()
    {
        await using var server = await RecoverableServer.StartNewAsync();
        await server.ExecuteAsync("CREATE TABLE numbered (i int)");
        await using (var log = new ReceivedLog(server))
        {
            await log.ReceiveAsync();
            await server.CopyAsync();
            await InsertAsync(server, 1);
            await Task.Delay(50);
            var between = await NowAsync(server);
            await Task.Delay(50);
            await InsertAsync(server, 2);
            await log.ReceivedAsync();

            Assert.Equal("1", await RecoveredAsync(server, RecoveryTarget.At(between)));
        }

        // On the timeline that the recovery began; the copy is still that of the first one.
        await using var second = new ReceivedLog(server);
        await second.ReceiveAsync(2);
        await InsertAsync(server, 3);
        var point = await RestorePoints.AddAsync(server.Deployment, "before the upgrade", CancellationToken.None);
        await InsertAsync(server, 4);
        var position = Lsn.Parse(await server.ValueAsync("SELECT pg_current_wal_insert_lsn()::text"));
        await Task.Delay(50);
        var later = await NowAsync(server);
        await Task.Delay(50);
        await InsertAsync(server, 5);
        await second.ReceivedAsync();

        var plan = RecoveryPlanning.Plan(server.Repository.Directory, "letta", RecoveryTarget.At(position), null, CancellationToken.None);
        Assert.Equal((2u, 1u), (plan.History.Timeline, plan.Part.Timeline));
        Assert.Equal("1,3,4", await RecoveredAsync(server, RecoveryTarget.At(position)));
        Assert.Equal("1,3,4", await RecoveredAsync(server, RecoveryTarget.At(later)));
        Assert.Equal("1,3", await RecoveredAsync(server, RecoveryTarget.At("before the upgrade")));
        Assert.True(point.Time <= DateTimeOffset.UtcNow && point.Lsn < position);
        Assert.Equal("1,3,4,5", await RecoveredAsync(server, RecoveryTarget.Latest));
        Assert.True(int.Parse(await server.ValueAsync("SELECT timeline_id FROM pg_control_checkpoint()"), CultureInfo.InvariantCulture) > 2);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_copy_of_a_recovered_server_stands_alone()
    {
        await using var server = await RecoverableServer.StartNewAsync();
        await server.ExecuteAsync("CREATE TABLE numbered (i int)");
        await server.CopyAsync();
        Assert.Empty(await RecoveredAsync(server, RecoveryTarget.Latest));
        await InsertAsync(server, 1);
        var backup = await server.CopyAsync();
        Assert.Equal(2u, backup.Manifest!.Cluster!.Timeline);
        await InsertAsync(server, 2);

        // No log was received that could tell where its timeline comes from.
        Assert.Equal("1", await RecoveredAsync(server, RecoveryTarget.Latest));
    }

    private static async Task<string> RecoveredAsync(RecoverableServer server, RecoveryTarget moment)
    {
        await server.RecoverAsync(moment, request => request with { DiscardPrevious = true });
        return await server.ValueAsync("SELECT string_agg(i::text, ',' ORDER BY i) FROM numbered");
    }

    private static Task InsertAsync(RecoverableServer server, int number) =>
        server.ExecuteAsync($"INSERT INTO numbered VALUES ({number.ToString(CultureInfo.InvariantCulture)})");

    private static async Task<DateTimeOffset> NowAsync(RecoverableServer server) => DateTimeOffset.Parse(
        await server.ValueAsync("SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"), CultureInfo.InvariantCulture);
}
