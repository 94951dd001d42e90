using System.Globalization;

namespace LettaDr.Systems.Tests;

/// <summary>A whole cluster goes back to a moment, or comes back at all, from what pgBackRest keeps.</summary>
public sealed class StanzaRestoreTests
{
    [DockerFact(TestImages.PgBackRest)]
    public async Task A_deletion_is_undone_the_server_archives_on_and_the_set_itself_and_what_was_live_come_back()
    {
        await using var server = await RecoverableStanza.StartNewAsync();
        await server.FillAsync();
        var set = await server.BackUpAsync();
        await OrganizationAsync(server, "org-kept");
        var agents = await server.ValueAsync("SELECT string_agg(id, ',' ORDER BY id) FROM letta.agents");
        var before = DateTimeOffset.Parse(
            await server.ValueAsync("SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"), CultureInfo.InvariantCulture);
        await server.ExecuteAsync("SET session_replication_role = replica; DELETE FROM letta.agents");
        await server.PushAsync();

        var late = await Assert.ThrowsAsync<LettaDrException>(() => server.PlanAsync(RecoveryTarget.At(before.AddDays(1))));
        Assert.Equal("OutsideRecoverableWindow", late.Id);
        Assert.Contains("pgbackrest --stanza=main check", late.Remedy, StringComparison.Ordinal);
        Assert.Equal("OutsideRecoverableWindow", (await Assert.ThrowsAsync<LettaDrException>(() => server.PlanAsync(RecoveryTarget.At(before.AddDays(-1))))).Id);
        Assert.Equal("StanzaNotFound", (await Assert.ThrowsAsync<LettaDrException>(() => server.PlanAsync(RecoveryTarget.Latest, "other"))).Id);

        var result = await server.RecoverAsync(RecoveryTarget.At(before));

        Assert.Equal(agents, await server.ValueAsync("SELECT string_agg(id, ',' ORDER BY id) FROM letta.agents"));
        Assert.Equal("1", await CountAsync(server, "org-kept"));
        Assert.Equal((49, 2u, set.Id), (result.TablesIdentical, result.Timeline, result.BackupId));
        Assert.Equal(agents.Split(','), result.Loss.Agents!.Where(agent => agent.Change == AgentChange.Deleted).Select(agent => agent.Id).Order(StringComparer.Ordinal));
        Assert.Contains("is content", result.Stages.Single(step => step.Name == "See that the log is archived again").Detail, StringComparison.Ordinal);
        var archived = await server.ShellAsync("cd /var/lib/pgbackrest/archive/main/17-1; ls . *");
        Assert.Contains("00000002.history", archived, StringComparison.Ordinal);
        Assert.Contains("00000002000000000", archived, StringComparison.Ordinal);
        Assert.DoesNotContain("pgsql_tmp", await server.ShellAsync("cat $PGDATA/postgresql.auto.conf"), StringComparison.Ordinal);

        // On from there, along both timelines.
        await OrganizationAsync(server, "org-late");
        await server.PushAsync();
        result = await server.RecoverAsync(RecoveryTarget.Latest);
        Assert.Equal(("1", "1", 3u), (await CountAsync(server, "org-kept"), await CountAsync(server, "org-late"), result.Timeline));

        result = await server.RecoverAsync(set);
        Assert.Equal(("0", 49, set.Manifest!.PgBackRest!.SnapshotTime), (await CountAsync(server, "org-kept"), result.TablesIdentical, result.ReachedTime));
        var undoing = new ClusterUndoing(server.Deployment, new CollectingObserver(), server.Repository.Journals);
        var (mark, folder) = (await undoing.FindAsync(CancellationToken.None))!.Value;
        await undoing.RunAsync(mark, folder, disconnectSessions: false, OperationId.Next(), CancellationToken.None);
        await server.RefreshAsync();
        Assert.Equal("1", await CountAsync(server, "org-late"));

        var observer = new CollectingObserver();
        await using (var target = await ClusterTarget.OpenAsync(server.Deployment, server.Repository.Directory, observer, CancellationToken.None))
        {
            var request = new ClusterRestoreRequest { Deployment = server.Deployment, Plan = await server.PlanAsync(RecoveryTarget.Latest) };
            await new ClusterRestore(server.Repository.Directory, target, observer, server.Repository.Journals).PreflightAsync(request, CancellationToken.None);
        }

        Assert.Contains("timeline 4, the newest that is kept, and the server is on timeline 3", Assert.Single(observer.Warnings), StringComparison.Ordinal);

        // It goes on along the timeline before the newest: which of both is wanted, nobody but its user knows.
        await OrganizationAsync(server, "org-on");
        await server.PushAsync();
        var undecided = await Assert.ThrowsAsync<LettaDrException>(() => server.PlanAsync(RecoveryTarget.Latest));
        Assert.Equal("TimelineUndecided", undecided.Id);
        Assert.Contains("-Timeline 3", undecided.Remedy, StringComparison.Ordinal);
        Assert.Equal(3u, (await server.PlanAsync(RecoveryTarget.Latest, timeline: 3)).History.Timeline);
    }

    [DockerFact(TestImages.PgBackRest)]
    public async Task A_killed_restore_leaves_the_live_cluster_and_a_server_lost_with_its_volume_comes_back()
    {
        await using var server = await RecoverableStanza.StartNewAsync();
        await server.ExecuteAsync("CREATE TABLE numbered (i int); INSERT INTO numbered VALUES (1), (2)");
        await server.BackUpAsync();
        await server.ExecuteAsync("INSERT INTO numbered VALUES (3)");
        await server.PushAsync();
        await server.ExecuteAsync("INSERT INTO numbered VALUES (4)");

        // Within pgBackRest's own restore, which goes on in its container, and after it.
        await RecoveryChild.KillWhenAsync(server, async () => (await server.ShellAsync("ls -A $PGDATA/pgsql_tmp_lettadr/new 2> /dev/null | head -n 1")).Length > 0);
        await PutRightAsync();
        await RecoveryChild.KillAtAsync(server, "Recover it to its fingerprints' position, compare every row");
        await PutRightAsync();

        await server.LoseAsync();
        await server.MakeAnewAsync();
        var result = await server.RecoverAsync(RecoveryTarget.Latest);

        // What the lost server had not archived is lost with it.
        Assert.Equal("1,2,3", await NumbersAsync(server));
        Assert.Equal((1, 2u), (result.TablesIdentical, result.Timeline));
        await server.PushAsync();
        foreach (var file in Directory.EnumerateFiles(server.Repository.Path, "*", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain("never-to-be-shown", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        }

        async Task PutRightAsync()
        {
            await using (var target = await ClusterTarget.OpenAsync(server.Deployment, server.Repository.Directory, new CollectingObserver(), CancellationToken.None))
            {
                await target.InspectAsync(CancellationToken.None);
                var said = await target.BeginAsync(OperationId.Next(), null, CancellationToken.None);
                Assert.Contains("its unfinished files were removed, and the server runs", said, StringComparison.Ordinal);
            }

            Assert.Equal("1,2,3,4", await NumbersAsync(server));
            Assert.Equal(string.Empty, await server.ShellAsync("cd $PGDATA; ls -d pgsql_tmp* 2> /dev/null || true"));
        }
    }

    [DockerFact(TestImages.PgBackRest)]
    public async Task A_backup_of_others_is_recovered_and_every_table_is_read_and_one_with_tablespaces_is_refused()
    {
        await using var server = await RecoverableStanza.StartNewAsync();
        await server.ExecuteAsync("CREATE TABLE numbered (i int); INSERT INTO numbered VALUES (1), (2)");
        await server.PgBackRestAsync("--stanza=main --type=full --start-fast backup");
        await server.ExecuteAsync("INSERT INTO numbered VALUES (3)");
        await server.PushAsync();
        await server.ExecuteAsync("DELETE FROM numbered");

        // The present segment is archived in part, as where a timeline is left; and a second repository is configured, and out of reach.
        var segment = await server.ValueAsync("SELECT pg_walfile_name(pg_current_wal_lsn())");
        await server.ShellAsync($"cd $PGDATA/pg_wal; cp -p {segment} {segment}.partial");
        await server.PgBackRestAsync($"--stanza=main archive-push /var/lib/postgresql/data/pg_wal/{segment}.partial");
        await server.ShellAsync($"rm $PGDATA/pg_wal/{segment}.partial");
        await server.ShellAsync("printf '[global]\\nrepo2-path=/nowhere\\n' > /etc/pgbackrest/pgbackrest.conf");
        var observer = new CollectingObserver();
        var unread = await Assert.ThrowsAsync<LettaDrException>(() => server.PlanAsync(RecoveryTarget.Latest, observer: observer));
        Assert.Equal("PgBackRestRepositoryFails", unread.Id);
        Assert.Contains("repository 2", unread.Message, StringComparison.Ordinal);
        Assert.Collection(
            observer.Warnings, warning => Assert.Contains("repository 2", warning, StringComparison.Ordinal),
            warning => Assert.Contains($"ends in {segment}.partial", warning, StringComparison.Ordinal));
        var latest = Lsn.Parse(unread.Remedy!.Split("-Lsn ")[1].Split(' ')[0]);
        Assert.Equal(latest, (await server.PlanAsync(RecoveryTarget.At(latest))).Window.LatestLsn);
        await server.ShellAsync("rm /etc/pgbackrest/pgbackrest.conf");

        var result = await server.RecoverAsync(RecoveryTarget.Latest);

        Assert.Equal("1,2,3", await NumbersAsync(server));
        Assert.Equal(0, result.TablesIdentical);
        Assert.Contains(result.Stages, step => step.Name == "Read every table");

        await server.ShellAsync("mkdir /elsewhere; chown postgres /elsewhere");
        await server.ExecuteAsync("CREATE TABLESPACE elsewhere LOCATION '/elsewhere'");
        await server.PushAsync();
        var created = await Assert.ThrowsAsync<LettaDrException>(() => server.PlanAsync(RecoveryTarget.Latest));
        Assert.Equal("TablespacesElsewhere", created.Id);
        Assert.Contains("the log creates", created.Message, StringComparison.Ordinal);
        Assert.Contains("(/elsewhere)", created.Message, StringComparison.Ordinal);
        await server.PgBackRestAsync("--stanza=main --type=incr --start-fast backup");
        var refused = await Assert.ThrowsAsync<LettaDrException>(() => server.PlanAsync(RecoveryTarget.Latest));
        Assert.Equal("TablespacesElsewhere", refused.Id);
        Assert.Contains("/elsewhere", refused.Message, StringComparison.Ordinal);
    }

    private static Task OrganizationAsync(RecoverableStanza server, string id) => server.ExecuteAsync(
        $"INSERT INTO letta.organizations (id, name, is_deleted, privileged_tools, created_at) VALUES ('{id}', '{id}', false, false, now())");

    private static Task<string> CountAsync(RecoverableStanza server, string id) => server.ValueAsync($"SELECT count(*) FROM letta.organizations WHERE id = '{id}'");

    private static Task<string> NumbersAsync(RecoverableStanza server) => server.ValueAsync("SELECT string_agg(i::text, ',' ORDER BY i) FROM numbered");
}
