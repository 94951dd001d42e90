using Npgsql;

namespace LettaDr.Systems.Tests;

/// <summary>The swap while somebody keeps using the live database.</summary>
[Collection(nameof(RestoreCollection))]
public sealed class SessionTests(PostgresServer server, LettaSet set) : IClassFixture<LettaSet>
{
    [DockerFact(TestImages.Postgres)]
    public async Task Clients_that_keep_reconnecting_do_not_keep_the_swap_from_happening()
    {
        using var stop = new CancellationTokenSource();
        var pool = Enumerable.Range(0, 8).Select(_ => Task.Run(() => KeepConnectingAsync(stop.Token))).ToList();
        try
        {
            for (var round = 0; round < 2; round++)
            {
                await PostgresServer.ExecuteAsync(set.Deployment, $"CREATE TABLE written_{round} (i int)");
                await set.RestoreAsync(request => request with { DisconnectSessions = true });
                Assert.Equal("0", await PostgresServer.ValueAsync(set.Deployment, $"SELECT count(*) FROM pg_tables WHERE tablename = 'written_{round}'"));
            }
        }
        finally
        {
            await stop.CancelAsync();
        }

        // The clients are served by the restored database, and none of them saw anything but a lost connection.
        var outcomes = await Task.WhenAll(pool);
        Assert.All(outcomes, outcome => Assert.True(outcome.Served > 0, "a client was never served"));
        Assert.All(outcomes.SelectMany(outcome => outcome.Unexpected), Assert.Fail);
        await set.AssertRestoredAsync();
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_session_that_is_about_to_end_is_waited_for()
    {
        var session = await PostgresServer.OpenAsync(set.Deployment);
        var ending = Task.Run(async () =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            await session.DisposeAsync();
        });
        await set.RestoreAsync();
        await ending;
        await set.AssertRestoredAsync();
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_session_opened_meanwhile_ends_the_restore_with_the_live_database_untouched()
    {
        NpgsqlConnection? late = null;
        var observer = new CollectingObserver
        {
            OnStep = step =>
            {
                if (step.StartsWith("Compare every row", StringComparison.Ordinal))
                {
                    late = new NpgsqlConnection(PostgresServer.ConnectionString(set.Deployment));
                    late.Open();
                }
            },
        };
        var before = await ServerState.ReadAsync(server, set.Deployment, set.Inventory);

        var fault = await set.RefusedAsync(observer: observer);

        await late!.DisposeAsync();
        Assert.Equal("DatabaseInUse", fault.Id);
        Assert.Contains("-DisconnectSessions", fault.Remedy, StringComparison.Ordinal);
        Assert.Equal(before, await ServerState.ReadAsync(server, set.Deployment, set.Inventory));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task The_live_database_serves_until_the_swap()
    {
        await using var session = await PostgresServer.OpenAsync(set.Deployment);
        var served = new List<string>();
        var observer = new CollectingObserver
        {
            OnStep = step =>
            {
                using var command = new NpgsqlCommand("SELECT count(*) FROM messages", session);
                served.Add($"{step}: {command.ExecuteScalar()}");
            },
        };
        await set.RestoreAsync(request => request with { DisconnectSessions = true }, observer: observer);
        Assert.True(served.Count >= 6);
        Assert.All(served, line => Assert.EndsWith(": 600", line, StringComparison.Ordinal));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task Two_restores_of_one_database_at_once_are_refused()
    {
        LettaDrException? second = null;
        var observer = new CollectingObserver
        {
            OnStep = step =>
            {
                if (step == "Load the rows")
                {
                    second = Task.Run(() => set.RefusedAsync()).GetAwaiter().GetResult();
                }
            },
        };

        await set.RestoreAsync(observer: observer);

        Assert.Equal("RestoreRunning", second!.Id);
        Assert.Equal(FaultKind.Busy, second.Kind);
        await set.AssertRestoredAsync();

        // The lock went with the first: a next one runs.
        await set.RestoreAsync();
    }

    [DockerFact(TestImages.Postgres)]
    public async Task Two_restores_under_different_names_run_at_once()
    {
        var (first, second) = (PostgresServer.NewName("one"), PostgresServer.NewName("two"));
        await Task.WhenAll(
            set.RestoreAsync(request => request with { TargetDatabase = first }), set.RestoreAsync(request => request with { TargetDatabase = second }));
        await set.AssertRestoredAsync(server.Deployment(first));
        await set.AssertRestoredAsync(server.Deployment(second));
    }

    [DockerTheory(TestImages.Postgres)]
    [InlineData("Create the database and its tables")]
    [InlineData("Load the rows")]
    [InlineData("Build indexes and constraints")]
    [InlineData("Compare every row")]
    [InlineData("Swap")]
    public async Task Cancelled_in_the_middle_it_drops_what_it_made(string when)
    {
        var before = await ServerState.ReadAsync(server, set.Deployment, set.Inventory);
        using var stop = new CancellationTokenSource();
        var observer = new CollectingObserver
        {
            OnStep = step =>
            {
                if (step.StartsWith(when, StringComparison.Ordinal))
                {
                    stop.CancelAfter(when == "Swap" ? TimeSpan.Zero : TimeSpan.FromMilliseconds(30));
                    if (when == "Swap")
                    {
                        stop.Token.WaitHandle.WaitOne();
                    }
                }
            },
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => set.RestoreAsync(observer: observer, cancellationToken: stop.Token));

        Assert.Empty(observer.Warnings);
        Assert.Equal(before, await ServerState.ReadAsync(server, set.Deployment, set.Inventory));
        Assert.Empty(await OurSessionsAsync("AND state = 'active'"));
        await Eventually.EmptyAsync(() => OurSessionsAsync());
        Assert.Equal(string.Empty, await server.ShellAsync("cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' ' | grep -o 'pg_restore [-]-exit' || true"));
    }

    private async Task<string> OurSessionsAsync(string condition = "") => string.Join('\n', await PostgresServer.LinesAsync(
        server.Deployment("postgres"), $"SELECT datname, state, query FROM pg_stat_activity WHERE application_name LIKE 'LettaDr%' {condition}"));

    private async Task<(int Served, List<string> Unexpected)> KeepConnectingAsync(CancellationToken cancellationToken)
    {
        var served = 0;
        var unexpected = new List<string>();
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = new NpgsqlConnection(PostgresServer.ConnectionString(set.Deployment));
                await connection.OpenAsync(CancellationToken.None);
                await using var command = new NpgsqlCommand("SELECT count(*) FROM messages", connection);
                while (!cancellationToken.IsCancellationRequested)
                {
                    if ((long)(await command.ExecuteScalarAsync(CancellationToken.None))! != 600)
                    {
                        unexpected.Add("A client saw a database without its messages.");
                    }

                    served++;
                    await Task.Delay(20, CancellationToken.None);
                }
            }
            catch (PostgresException ended) when (ended.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.InvalidCatalogName)
            {
                // As Letta's pool does: at once again.
            }
            catch (PostgresException strange)
            {
                unexpected.Add(strange.SqlState + " " + strange.MessageText);
            }
            catch (NpgsqlException)
            {
                // The connection broke while it was being made.
            }
        }

        return (served, unexpected);
    }
}
