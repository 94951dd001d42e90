namespace LettaDr.Systems.Tests;

/// <summary>kill -9 of our process at the beginning of each step: nothing is lost, and the next run puts everything right, and says what it found.</summary>
public sealed class KilledRecoveryTests
{
    private const string Recovered = "1,2";
    private const string Live = "1,2,3";

    [DockerFact(TestImages.Postgres)]
    public async Task The_next_recovery_puts_right_what_a_killed_one_has_left()
    {
        await using var server = await RecoverableServer.StartNewAsync();
        await server.ExecuteAsync("CREATE TABLE numbered (i int); INSERT INTO numbered VALUES (1), (2)");
        await server.CopyAsync();
        await server.ExecuteAsync("INSERT INTO numbered VALUES (3)");

        await KilledAsync("Replay the log to the moment", "its unfinished files were removed, and the server runs", Live);
        await KilledAsync("Stop the server", "its unfinished files were removed, and the server runs", Live);
        await KilledAsync("Set its files aside, put the recovered ones in their place", "its unfinished files were removed, and the server runs", Live);
        await KilledAsync("Start the server and wait until it answers", "the previous files of the server were put back, and the server runs", Live);
        await KilledAsync("Keep the previous cluster", "those from before it are kept in", Recovered);

        var result = await server.RecoverAsync(RecoveryTarget.Latest);
        Assert.Equal(Recovered, await NumbersAsync());
        Assert.Equal(1, result.TablesIdentical);
        Assert.Equal(
            ["pgsql_tmp_lettadr_before_", "pgsql_tmp_lettadr_before_", "pgsql_tmp_lettadr_undone_"],
            (await server.ShellAsync("cd $PGDATA; ls -d pgsql_tmp*")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(name => name[..25]));

        async Task KilledAsync(string step, string told, string numbers)
        {
            await RecoveryChild.KillAtAsync(server, step);

            // First a run that ends at once: it puts right what was left, and no more.
            await using (var target = await ClusterTarget.OpenAsync(server.Deployment, server.Repository.Directory, new CollectingObserver(), CancellationToken.None))
            {
                await target.InspectAsync(CancellationToken.None);
                var said = await target.BeginAsync(OperationId.Next(), null, CancellationToken.None);
                Assert.Contains(told, said, StringComparison.Ordinal);
            }

            await server.RefreshAsync();
            Assert.Equal(numbers, await NumbersAsync());
        }

        Task<string> NumbersAsync() => server.ValueAsync("SELECT string_agg(i::text, ',' ORDER BY i) FROM numbered");
    }

    [DockerFact(TestImages.Postgres)]
    public async Task An_exchange_that_was_cut_short_after_any_move_is_undone()
    {
        using var engine = await DockerEngine.ConnectAsync(CancellationToken.None);
        await using var worker = await ScratchContainer.StartAsync(engine, TestImages.Postgres, null, [], CancellationToken.None);
        await ShellAsync("mkdir /data; chown postgres /data");
        var folder = new ClusterFolder(worker, "/data");
        for (var moves = 0; moves <= 8; moves++)
        {
            await ShellAsync("cd /data; rm -rf ./* pgsql*; for f in PG_VERSION base pg_wal; do echo old > $f; done");
            await folder.PrepareAsync("operation", isRunning: true, "{}", CancellationToken.None);
            await ShellAsync("mkdir /data/pgsql_tmp_lettadr/new; cd /data/pgsql_tmp_lettadr/new; for f in PG_VERSION base extra; do echo new > $f; done");

            // The shell dies at the move of that number: mv is one that counts. The last is the mark that all has been moved.
            await ShellAsync($$"""
                for program in mv touch; do
                  printf '#!/bin/sh\nn=$(cat /n); echo $((n + 1)) > /n; if [ $n -ge {{moves}} ]; then exit 1; fi; exec /usr/bin/%s "$@"\n' $program > /usr/local/bin/$program
                  chmod +x /usr/local/bin/$program
                done; echo 0 > /n
                """);
            await Assert.ThrowsAsync<LettaDrException>(() => folder.SwapAsync(CancellationToken.None));
            await ShellAsync("rm /usr/local/bin/mv /usr/local/bin/touch");
            var left = await folder.FindAsync(CancellationToken.None);
            Assert.Equal((true, moves > 0, moves == 8), (left!.Ran, left.Moving, left.Swapped));

            // Docker has started a server again, as soon as it could.
            if (moves == 8)
            {
                await ShellAsync("echo written > /data/base");
            }

            var kept = await folder.PutBackAsync(CancellationToken.None);

            Assert.Equal("PG_VERSION:old base:old pg_wal:old", await ListAsync("/data"));
            Assert.Equal(moves > 4, kept is not null);
            if (kept is not null)
            {
                Assert.Equal($"PG_VERSION:new base:{(moves == 8 ? "written" : "new")} extra:new", await ListAsync(kept));
            }
        }

        async Task<string> ListAsync(string directory) =>
            (await ShellAsync($"cd {directory}; for f in $(LC_ALL=C ls -A | grep -v pgsql_tmp_lettadr_undone_); do printf '%s:%s ' $f $(cat $f); done")).Trim();

        Task<string> ShellAsync(string script) => worker.ShellAsync(script, [], null, CancellationToken.None);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task The_histories_of_a_server_and_of_what_was_set_aside_are_known_whatever_lies_beside_them()
    {
        using var engine = await DockerEngine.ConnectAsync(CancellationToken.None);
        await using var worker = await ScratchContainer.StartAsync(engine, TestImages.Postgres, null, [], CancellationToken.None);
        var folder = new ClusterFolder(worker, "/data");
        await worker.ShellAsync("mkdir /data", [], null, CancellationToken.None);
        Assert.Empty(await folder.HistoriesAsync(CancellationToken.None));

        await worker.ShellAsync(
            """
            cd /data; mkdir pg_wal; mkdir -p pgsql_tmp_lettadr_undone_x/pg_wal
            echo no > pg_wal/00000001.old.history; echo no > pg_wal/_a_name_.history; echo damaged > pg_wal/00000003.history
            printf '1\t0/5000000\ttest\n' > pg_wal/00000002.history; cp pg_wal/00000002.history pgsql_tmp_lettadr_undone_x/pg_wal/0000000A.history
            """,
            [], null, CancellationToken.None);
        var found = await folder.HistoriesAsync(CancellationToken.None);
        Assert.Equal([2u, 3u, 10u], found.Select(history => history.Timeline).Order());
        Assert.Equal(new Lsn(0x5000000), found.Single(history => history.Timeline == 10).Switches.Single().At);
    }

    [DockerTheory(TestImages.Postgres)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_ending_that_was_cut_short_anywhere_loses_nothing_that_was_live(bool discard)
    {
        using var engine = await DockerEngine.ConnectAsync(CancellationToken.None);
        await using var worker = await ScratchContainer.StartAsync(engine, TestImages.Postgres, null, [], CancellationToken.None);
        await ShellAsync("mkdir /data; chown postgres /data");
        var folder = new ClusterFolder(worker, "/data");
        var (cuts, isCut) = (0, true);
        for (; isCut; cuts++)
        {
            await ShellAsync("cd /data; rm -rf ./* pgsql*; for f in PG_VERSION base; do echo old > $f; done");
            await folder.PrepareAsync("operation", isRunning: true, "{}", CancellationToken.None);
            await ShellAsync("mkdir /data/pgsql_tmp_lettadr/new; cd /data/pgsql_tmp_lettadr/new; for f in PG_VERSION base; do echo new > $f; done");
            await folder.SwapAsync(CancellationToken.None);
            await ShellAsync("echo written > /data/base");

            // The power fails at the move or removal of that number; of what is removed, half is gone by then. Then the server is stopped.
            await ShellAsync($$"""
                for program in mv rm; do
                  printf '#!/bin/sh\nn=$(cat /n); echo $((n + 1)) > /n\nif [ $n -ge {{cuts}} ]; then if [ %s = rm ]; then /usr/bin/rm -f /data/pgsql_tmp_lettadr*/old/base /data/pgsql_tmp_lettadr*/entering; fi; exit 1; fi\nexec /usr/bin/%s "$@"\n' $program $program > /usr/local/bin/$program
                  chmod +x /usr/local/bin/$program
                done; echo 0 > /n
                """);
            isCut = await Record.ExceptionAsync(() => folder.KeepAsync("operation", "before", discard, CancellationToken.None)) is not null;
            await ShellAsync("cd /usr/local/bin; /usr/bin/rm mv rm");
            if (await folder.FindAsync(CancellationToken.None) is not null)
            {
                await folder.PutBackAsync(CancellationToken.None);
            }

            // Live, or kept: what somebody wrote is there, and nothing is left under way.
            Assert.Equal("written", (await ShellAsync("cd /data; cat base pgsql_tmp_lettadr_undone_*/base 2> /dev/null | grep written")).Trim());
            Assert.Equal(string.Empty, await ShellAsync("cd /data; ls -d pgsql_tmp_lettadr pgsql_tmp_lettadr.ended 2> /dev/null || true"));
            Assert.Contains((await ShellAsync("cd /data; echo $(cat PG_VERSION base)")).Trim(), new[] { "old old", "new written" });
        }

        Assert.True(cuts > 2);
        Task<string> ShellAsync(string script) => worker.ShellAsync(script, [], null, CancellationToken.None);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task What_a_server_made_after_the_exchange_does_not_mix_with_what_comes_back()
    {
        using var engine = await DockerEngine.ConnectAsync(CancellationToken.None);
        await using var worker = await ScratchContainer.StartAsync(engine, TestImages.Postgres, null, [], CancellationToken.None);
        await worker.ShellAsync("mkdir -p /data/log; chown postgres /data; cd /data; echo old > PG_VERSION; echo old > log/yesterday", [], null, CancellationToken.None);
        var folder = new ClusterFolder(worker, "/data");
        await folder.PrepareAsync("operation", isRunning: true, "{}", CancellationToken.None);
        await worker.ShellAsync("mkdir /data/pgsql_tmp_lettadr/new; echo new > /data/pgsql_tmp_lettadr/new/PG_VERSION", [], null, CancellationToken.None);
        await folder.SwapAsync(CancellationToken.None);
        await worker.ShellAsync("mkdir /data/log; echo new > /data/log/today", [], null, CancellationToken.None);

        var kept = await folder.PutBackAsync(CancellationToken.None);

        Assert.Equal("/data/pgsql_tmp_lettadr_undone_operation", kept);
        Assert.Equal("old yesterday new today", (await worker.ShellAsync("cd /data; echo $(cat PG_VERSION) $(ls log) $(cat $1/PG_VERSION) $(ls $1/log)", [kept!], null, CancellationToken.None)).Trim());
    }
}
