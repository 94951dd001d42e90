namespace LettaDr.Systems.Tests;

/// <summary>Receiving a real server's log, whose servers and receivers die.</summary>
public sealed class WalArchivingTests
{
    [DockerFact(TestImages.Postgres)]
    public async Task TheLogIsReceivedAndItsEndDoesNotGrowOldOnAnIdleServer()
    {
        await using var archived = await ArchivedServer.StartAsync();
        var first = await archived.ReceiveAsync();
        await archived.WriteAsync(megabytes: 20);
        await archived.CaughtUpAsync();

        // Nobody writes: only heartbeats do.
        var before = await archived.LookAsync();
        await Eventually.TrueAsync(async () => (await archived.LookAsync()).RecoverableAt > before.RecoverableAt + TimeSpan.FromSeconds(2));
        var archive = await archived.LookAsync();

        Assert.Equal((WalArchiveState.Streaming, null, "lettadr", 1U), (archive.State, archive.Problem, archive.Slot, archive.Timeline));
        Assert.True(archive.Lag < TimeSpan.FromSeconds(30), $"{archive.Lag}");
        Assert.True(archive.RecoverableAt > first.RecoverableAt && archive.RecoverableLsn > first.RecoverableLsn);
        Assert.InRange(archive.LagBytes!.Value, 0, 100_000);
        // What is received of a segment is kept until it is whole: only then is the server told that it is on the disk.
        Assert.InRange(archive.SlotRetainedBytes!.Value, 0, WalSegment.DefaultSize + 100_000);
        Assert.True(archive.ServerFreeBytes > 0 && archive.Segments >= 2);
        Assert.Contains(archived.Opened.Files(), file => file.FileName.EndsWith(".zst", StringComparison.Ordinal));
        Assert.All(await archived.TestAsync(), check => Assert.True(check.Outcome == (check.Name == "BasesLeadOn" ? Outcome.NotRun : Outcome.Passed), $"{check.Name}: {check.Evidence}"));

        // What runs already is left alone.
        var receiver = (await archived.ReceiverAsync()).Container.Id;
        await archived.ReceiveAsync();
        Assert.Equal(receiver, (await archived.ReceiverAsync()).Container.Id);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task StoppedAndStartedAgainItHasNoHoleForTheSlotHeldTheLogBack()
    {
        await using var archived = await ArchivedServer.StartAsync();
        await archived.ReceiveAsync();
        await archived.WriteAsync(megabytes: 1);
        await archived.CaughtUpAsync();
        var stopping = new WalArchiveStopping(archived.Server.Docker, archived.Repository, NoObserver.Instance);
        await stopping.RunAsync(await archived.LookAsync(), dropSlot: false, CancellationToken.None);
        await archived.WriteAsync(megabytes: 40);
        await archived.ExecuteAsync("CHECKPOINT");

        var stopped = await archived.LookAsync();
        Assert.Equal(WalArchiveState.Stopped, stopped.State);
        Assert.True(stopped.SlotRetainedBytes > 30 << 20 && stopped.LagBytes > 30 << 20, $"{stopped.SlotRetainedBytes}, {stopped.LagBytes}");
        Assert.Contains("Start-LettaWalArchive", stopped.Problem, StringComparison.Ordinal);

        await archived.ReceiveAsync();
        await archived.CaughtUpAsync();
        await stopping.RunAsync(await archived.LookAsync(), dropSlot: true, CancellationToken.None);
        Assert.Equal("0", await PostgresServer.ValueAsync(archived.Deployment, "SELECT count(*)::text FROM pg_replication_slots"));
        Assert.Contains("was dropped", (await archived.LookAsync()).LastEvents[^1], StringComparison.Ordinal);
    }

    [RootFact(TestImages.Postgres)]
    public async Task AfterAKilledReceiverACutNetworkAndRestartsItGoesOnWithoutAHole()
    {
        await using var archived = await ArchivedServer.StartAsync();
        await archived.ReceiveAsync();
        await archived.WriteAsync(megabytes: 20);
        await archived.KillReceiverAsync();
        await archived.WriteAsync(megabytes: 5);
        await archived.CaughtUpAsync();

        await archived.CutAsync(down: true);
        await archived.WriteAsync(megabytes: 20);
        await Eventually.TrueAsync(async () => (await archived.LookAsync()).LastEvents.Any(line => line.Contains("No heartbeat", StringComparison.Ordinal)));
        await archived.CutAsync(down: false);
        await archived.CaughtUpAsync();

        await archived.RestartServerAsync(TimeSpan.Zero);
        await archived.WriteAsync(megabytes: 5);
        await archived.CaughtUpAsync();
        await archived.RestartServerAsync(TimeSpan.FromSeconds(6));
        await archived.WriteAsync(megabytes: 5);
        await archived.CaughtUpAsync();

        var events = string.Join('\n', WalArchiveInspection.Events(archived.Opened.Location));
        Assert.Contains("Receiving ended", events, StringComparison.Ordinal);
        Assert.Contains("was started anew; it is followed", events, StringComparison.Ordinal);
        Assert.Equal(WalArchiveState.Streaming, (await archived.LookAsync()).State);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task CommitsThatWaitForTheReceiverAreNotHeldUp()
    {
        await using var archived = await ArchivedServer.StartAsync();
        await archived.ReceiveAsync();
        await archived.ExecuteAsync("ALTER SYSTEM SET synchronous_standby_names = '*'");
        await archived.ExecuteAsync("SELECT pg_reload_conf()");
        await Eventually.TrueAsync(async () => (await archived.LookAsync()).LastEvents.Any(line => line.Contains("synchronous_standby_names", StringComparison.Ordinal)));

        // A receiver that tells only of whole segments would hold each of them up until the server asks, after half a minute.
        var commits = Enumerable.Range(1, 20).Select(number => $"INSERT INTO written VALUES ({-number}, '')");
        await WriteEachAsync().WaitAsync(TimeSpan.FromMinutes(1));
        await archived.CaughtUpAsync();

        async Task WriteEachAsync()
        {
            foreach (var commit in commits)
            {
                await archived.ExecuteAsync(commit);
            }
        }
    }

    [DockerFact(TestImages.Postgres)]
    public async Task ABusyServersReceiverIsHeldBackUnlessCommitsWaitForItAndMissesNothing()
    {
        await using var archived = await ArchivedServer.StartAsync();
        await archived.ReceiveAsync();
        await archived.CaughtUpAsync();
        Assert.Equal(0, await archived.HeldAsync());

        var shares = await ArchivedServer.RunAsync("docker", "inspect", "--format", "{{.HostConfig.CpuShares}}", (await archived.ReceiverAsync()).Container.Id!);
        Assert.Equal("102", shares.Trim());
        Assert.NotEqual(0, await WhileWritingAsync());
        await archived.CaughtUpAsync();
        Assert.Empty((await archived.LookAsync()).Holes);

        await archived.ExecuteAsync("ALTER SYSTEM SET synchronous_standby_names = '*'");
        await archived.ExecuteAsync("SELECT pg_reload_conf()");
        await Eventually.TrueAsync(async () => (await archived.LookAsync()).LastEvents.Any(line => line.Contains("synchronous_standby_names", StringComparison.Ordinal)));
        Assert.Equal(0, await WhileWritingAsync());

        async Task<long> WhileWritingAsync()
        {
            using var enough = new CancellationTokenSource();
            var writing = WriteAsync(enough.Token);
            var held = await archived.HeldAsync();
            await enough.CancelAsync();
            await writing;
            return held;
        }

        async Task WriteAsync(CancellationToken enough)
        {
            while (!enough.IsCancellationRequested)
            {
                await archived.WriteAsync(megabytes: 1);
            }
        }
    }

    [DockerFact(TestImages.Postgres)]
    public async Task AReceiverThatIsHeldBackIsStoppedAtOnce()
    {
        await using var archived = await ArchivedServer.StartAsync();
        await archived.ReceiveAsync();
        await archived.WriteAsync(megabytes: 20);
        var receiver = (await archived.ReceiverAsync()).Container.Id!;
        await archived.Server.Docker.ExecAsync(receiver, ["sh", "-c", "kill -STOP $(sed -n 's/^Pid:[[:space:]]*//p' $(grep -l pg_receivewal /proc/[0-9]*/status))"], null, null, null, null, CancellationToken.None);

        await new WalArchiveStopping(archived.Server.Docker, archived.Repository, NoObserver.Instance).RunAsync(await archived.LookAsync(), dropSlot: true, CancellationToken.None);

        Assert.Contains("was dropped", (await archived.LookAsync()).LastEvents[^1], StringComparison.Ordinal);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task AKilledContainerIsToldAndReceivesAgainWhenStarted()
    {
        await using var archived = await ArchivedServer.StartAsync();
        await archived.ReceiveAsync();
        await archived.Server.Docker.Containers.KillAsync((await archived.ReceiverAsync()).Container.Id!, CancellationToken.None);
        await archived.WriteAsync(megabytes: 20);
        await Eventually.TrueAsync(async () => (await archived.LookAsync()).State == WalArchiveState.Stopped);

        await archived.ReceiveAsync();
        await archived.CaughtUpAsync();
    }

    [DockerFact(TestImages.Postgres)]
    public async Task AServerMadeAnewOnItsVolumeIsReceivedFromAgainWithoutAHole()
    {
        await using var archived = await ArchivedServer.StartAsync();
        await archived.ReceiveAsync();
        await archived.WriteAsync(megabytes: 5);
        await archived.CaughtUpAsync();
        await archived.RecreateServerAsync();
        await archived.WriteAsync(megabytes: 40);

        var former = (await archived.ReceiverAsync()).Container.Id;
        await archived.ReceiveAsync();
        await archived.CaughtUpAsync();

        Assert.NotEqual(former, (await archived.ReceiverAsync()).Container.Id);
        Assert.Equal(WalArchiveState.Streaming, (await archived.LookAsync()).State);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task AnArchiveThatWasRemovedUnderItsReceiverIsBegunAnew()
    {
        await using var archived = await ArchivedServer.StartAsync();
        await archived.ReceiveAsync();
        Directory.Delete(archived.Opened.Location, recursive: true);

        Assert.Equal(WalArchiveState.Streaming, (await archived.ReceiveAsync()).State);
        await archived.CaughtUpAsync();
    }

    [RootFact(TestImages.Postgres)]
    public async Task AFullDestinationIsToldAndReceivedOnceThereIsRoom()
    {
        using var disk = new MountedFolder(kilobytes: 40 << 10);
        await using var archived = await ArchivedServer.StartAsync(disk.Path);
        await archived.ReceiveAsync();
        await archived.WriteAsync(megabytes: 60);
        await Eventually.TrueAsync(async () => string.Join('\n', (await archived.LookAsync()).LastEvents).Contains("No space left", StringComparison.Ordinal)
            || (await LogAsync(archived)).Contains("No space left", StringComparison.Ordinal));

        disk.Remount("size=400m");
        await archived.CaughtUpAsync();
        Assert.Equal(WalArchiveState.Streaming, (await archived.LookAsync()).State);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task APromotionIsFollowedToItsTimeline()
    {
        await using var archived = await ArchivedServer.StartAsync();
        await archived.ReceiveAsync();
        await archived.WriteAsync(megabytes: 20);
        await archived.Server.ShellAsync("touch \"$PGDATA\"/standby.signal; chown postgres \"$PGDATA\"/standby.signal");
        await archived.RestartServerAsync(TimeSpan.Zero);
        await archived.ExecuteAsync("SELECT pg_promote()");
        await archived.WriteAsync(megabytes: 20);
        await archived.CaughtUpAsync();

        // A receiver that is started on the new timeline begins where that does, not where the slot is.
        await archived.Server.Docker.Containers.StopAsync((await archived.ReceiverAsync()).Container.Id!, null, CancellationToken.None);
        await archived.Server.Docker.Containers.StartAsync((await archived.ReceiverAsync()).Container.Id!, CancellationToken.None);
        await archived.WriteAsync(megabytes: 1);
        await archived.CaughtUpAsync();

        var opened = archived.Opened;
        var history = WalChain.Newest(opened);
        Assert.Equal((2U, 1), (history.Timeline, history.Switches.Count));
        var walk = new WalWalk(opened, history, opened.Files()[0].Segment.Start);
        var end = walk.Finish(CancellationToken.None);
        Assert.Equal(WalEndReason.EndOfArchive, end.Reason);
        Assert.True(end.Position > history.Switches[0].At);
        Assert.Equal(2U, (await archived.LookAsync()).Timeline);
        Assert.Equal(Outcome.Passed, (await archived.TestAsync()).Single(check => check.Name == "LogWhole").Outcome);
    }

    private static async Task<string> LogAsync(ArchivedServer archived)
    {
        using var output = new MemoryStream();
        await archived.Server.Docker.ExecAsync((await archived.ReceiverAsync()).Container.Id!, ["cat", "/tmp/lettadr-errors"], null, null, output, null, CancellationToken.None);
        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }
}
