namespace LettaDr.Systems.Tests;

/// <summary>The replication slot of a receiver: what it holds back on the server, and when it is given up or made anew.</summary>
public sealed class WalSlotTests
{
    [DockerFact(TestImages.Postgres)]
    public async Task ASlotThatWasGivenUpIsToldBeforeAndLeavesAHoleThatIsTold()
    {
        await using var archived = await ArchivedServer.StartAsync();
        await archived.ReceiveAsync();
        await archived.CaughtUpAsync();
        await new WalArchiveStopping(archived.Server.Docker, archived.Repository, NoObserver.Instance).RunAsync(await archived.LookAsync(), dropSlot: false, CancellationToken.None);
        await archived.ExecuteAsync("ALTER SYSTEM SET max_slot_wal_keep_size = '32MB'");
        await KeepLittleLogAsync(archived);
        await archived.WriteAsync(megabytes: 24);
        Assert.Contains("the server gives it up", string.Join('\n', (await archived.LookAsync()).Warnings), StringComparison.Ordinal);

        await archived.WriteAsync(megabytes: 100);
        await archived.ExecuteAsync("CHECKPOINT");
        Assert.Contains("is lost", string.Join('\n', (await archived.LookAsync()).Warnings), StringComparison.Ordinal);

        var archive = await archived.ReceiveAsync();
        Assert.Equal(WalArchiveState.Streaming, archive.State);
        Assert.NotEmpty(archive.Holes);
        Assert.Contains(archive.LastEvents, line => line.Contains("has given up the slot", StringComparison.Ordinal));
        Assert.Equal(["LogWhole"], (await archived.TestAsync()).Where(check => check.Outcome == Outcome.Failed).Select(check => check.Name));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task ANewSlotThatTheServerSetBackToLogItHasRemovedIsMadeAnew()
    {
        await using var archived = await ArchivedServer.StartAsync();
        await archived.ReceiveAsync();
        await archived.CaughtUpAsync();
        var stopping = new WalArchiveStopping(archived.Server.Docker, archived.Repository, NoObserver.Instance);
        await KeepLittleLogAsync(archived);

        // The second time, there is a folder beside that the first one put aside.
        for (var time = 1; time <= 2; time++)
        {
            var former = await archived.LookAsync();
            await stopping.RunAsync(former, dropSlot: true, CancellationToken.None);
            await archived.WriteAsync(megabytes: 50);
            await archived.ExecuteAsync("CHECKPOINT");
            await archived.WriteAsync(megabytes: 50);
            await archived.ExecuteAsync("CHECKPOINT");
            // Whether the server hears what the receiver has, before it sees that the next is missing, is a race.
            await archived.Server.ShellAsync($"""
                cd "$(mktemp -d)"
                pg_receivewal -U postgres -S lettadr --create-slot
                : > {WalSegment.At(1, former.RecoverableLsn!.Value, WalSegment.DefaultSize).Name}.partial
                until psql -AtXU postgres -c "SELECT restart_lsn FROM pg_replication_slots" | grep .; do pg_receivewal -U postgres -S lettadr -D . --no-loop 2> /dev/null || :; done
                """);

            var archive = await archived.ReceiveAsync();
            Assert.Equal((WalArchiveState.Streaming, time), (archive.State, archive.Holes.Count));
        }
    }

    [RootFact(TestImages.Postgres)]
    public async Task ASlotBeyondItsMaximumIsWarnedOfAndGivenUpWhileTheDestinationIsFull()
    {
        const long Maximum = 64L << 20;
        using var disk = new MountedFolder(kilobytes: 24 << 10);
        await using var archived = await ArchivedServer.StartAsync(disk.Path);
        await KeepLittleLogAsync(archived);
        Assert.Equal(Maximum, (await archived.ReceiveAsync(Maximum)).MaximumSlotSize);
        await archived.WriteAsync(megabytes: 75);
        var alert = (await archived.TestAsync()).Single(check => check.Name == "SlotHoldsLog");
        Assert.Equal(Outcome.Failed, alert.Outcome);
        Assert.Contains("of the 64.0 MiB that it may (-MaximumSlotSize): beyond, the receiver gives it up", alert.Evidence, StringComparison.Ordinal);

        // What no longer grows is let be; what goes on growing would fill the server's disk.
        await Eventually.TrueAsync(async () =>
        {
            await archived.WriteAsync(megabytes: 1);
            return (await archived.LookAsync()).SlotRetainedBytes < Maximum;
        });
        disk.Remount("size=400m");
        await Eventually.TrueAsync(async () => (await archived.LookAsync()) is { State: WalArchiveState.Streaming, Holes.Count: > 0 });

        var events = string.Join('\n', WalArchiveInspection.Events(archived.Opened.Location));
        Assert.Contains("of the 64 MiB that it may: it was given up", events, StringComparison.Ordinal);
        var failed = (await archived.TestAsync()).Where(check => check.Outcome == Outcome.Failed).ToList();
        Assert.True(failed is [{ Name: "LogWhole" }], string.Join('\n', failed.Select(check => $"{check.Name}: {check.Evidence}")));
    }

    [RootFact(TestImages.Postgres)]
    public async Task ASlotBeyondItsMaximumIsCaughtUpWithAfterAnOutageHoweverLateTheFirstBytesCome()
    {
        const long Maximum = 32L << 20;
        await using var archived = await ArchivedServer.StartAsync();
        await KeepLittleLogAsync(archived);
        await archived.ReceiveAsync(Maximum);
        var receiver = (await archived.ReceiverAsync()).Container.Id!;
        const string Late = """
            printf '#!/bin/sh\ncase $* in *--no-loop*) sleep 4 ;; esac\nexec %s "$@"\n' $(command -v pg_receivewal) > /usr/local/bin/pg_receivewal
            chmod +x /usr/local/bin/pg_receivewal
            """;
        await archived.Server.Docker.ExecAsync(receiver, ["sh", "-ec", Late], null, null, null, null, CancellationToken.None);
        await archived.Server.Docker.Containers.StopAsync(receiver, null, CancellationToken.None);
        await archived.WriteAsync(megabytes: 40);
        Assert.True((await archived.LookAsync()).SlotRetainedBytes > Maximum);

        await archived.Server.Docker.Containers.StartAsync(receiver, CancellationToken.None);
        await archived.CaughtUpAsync();

        Assert.DoesNotContain("given up", string.Join('\n', WalArchiveInspection.Events(archived.Opened.Location)), StringComparison.Ordinal);
    }

    /// <summary>Has the server keep no more log for itself than it must.</summary>
    private static async Task KeepLittleLogAsync(ArchivedServer archived)
    {
        await archived.ExecuteAsync("ALTER SYSTEM SET max_wal_size = '32MB'");
        await archived.ExecuteAsync("SELECT pg_reload_conf()");
        await Eventually.TrueAsync(async () => await PostgresServer.ValueAsync(archived.Deployment, "SHOW max_wal_size") == "32MB");
    }
}
