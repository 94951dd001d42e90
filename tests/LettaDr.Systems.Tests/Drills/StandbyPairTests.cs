namespace LettaDr.Systems.Tests;

/// <summary>A primary and its standby, where failing back is not as easy as it mostly is.</summary>
public sealed class StandbyPairTests
{
    [DockerFact(TestImages.Postgres, TestImages.Redis, TestImages.Server)]
    public async Task A_former_primary_that_went_its_own_way_and_cannot_be_rewound_follows_as_a_new_copy()
    {
        using var engine = await DockerEngine.ConnectAsync(CancellationToken.None);
        var options = await DrTestCopyPlanner.PlanAsync(null, null, null, OperationId.Next(), CancellationToken.None);
        await using var copy = new DrTestCopy(await DockerEngine.ConnectAsync(CancellationToken.None), options, new CollectingObserver());
        try
        {
            await GoesItsOwnWayAsync(engine, copy);
        }
        finally
        {
            await copy.LeaveAsync();
        }
    }

    private static async Task GoesItsOwnWayAsync(DockerEngine engine, DrTestCopy copy)
    {
        await copy.MakeEmptyAsync(CancellationToken.None);
        var former = copy.Members.Id(RecoveryComponent.Database);
        await using var pair = await copy.MakeStandbyAsync(CancellationToken.None);
        await pair.WriteAsync(1, CancellationToken.None);
        var written = await pair.PrimaryPositionAsync(CancellationToken.None);
        await Eventually.TrueAsync(async () => (await pair.StandbyAsync(CancellationToken.None)).Replayed >= written);
        await pair.KillPrimaryAsync(CancellationToken.None);
        await pair.PromoteAsync(CancellationToken.None);

        // Split brain: somebody starts the former primary again, and it acknowledges a row that the new one never gets.
        await engine.Containers.StartAsync(former, CancellationToken.None);
        await Eventually.TrueAsync(() => IsReadyAsync(engine, former));
        Assert.True(await pair.FormerAcceptsWritesAsync(CancellationToken.None));
        await SqlAsync(engine, former, "INSERT INTO lettadr_drill.written VALUES (2)");

        // Its log is lost: it can neither be recovered nor rewound.
        await ShellAsync(engine, former, "rm \"$PGDATA\"/pg_wal/0*");
        await pair.KillPrimaryAsync(CancellationToken.None);
        await pair.WriteAsync(3, CancellationToken.None);

        Assert.Equal("a new base backup", await pair.RejoinFormerAsync(CancellationToken.None));

        Assert.False(await pair.FormerAcceptsWritesAsync(CancellationToken.None));
        Assert.Equal("{1,3}", await SqlAsync(engine, former, "SELECT array_agg(number ORDER BY number) FROM lettadr_drill.written"));
        Assert.Equal([1, 3], await pair.ReadAsync(CancellationToken.None));
    }

    private static async Task<bool> IsReadyAsync(DockerEngine engine, string container)
    {
        string[] question = ["pg_isready", "-q", "-h", "127.0.0.1"];
        return (await engine.ExecAsync(container, question, null, null, null, null, CancellationToken.None)).ExitCode == 0;
    }

    private static Task<string> SqlAsync(DockerEngine engine, string container, string sql) =>
        ShellAsync(engine, container, "exec psql -X -U letta -d lettadr_drill -v ON_ERROR_STOP=1 -Atc \"$1\"", sql);

    private static async Task<string> ShellAsync(DockerEngine engine, string container, string script, params string[] arguments)
    {
        using var output = new MemoryStream();
        var result = await engine.ExecAsync(
            container, ["sh", "-euc", script, "sh", .. arguments], null, null, output, null, CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.StandardError);
        return System.Text.Encoding.UTF8.GetString(output.ToArray()).Trim();
    }
}
