using System.Globalization;
using Xunit.Abstractions;

namespace LettaDr.Systems.Tests;

/// <summary>kill -9 of a server under full load, its volume removed: what its archive was said to hold comes back, without a gap.</summary>
public sealed class LostServerTests(ITestOutputHelper output)
{
    private const int Commits = 10_000;

    /// <summary>How often; LETTADR_LOSSES=20 for the long proof.</summary>
    private static int Times => int.TryParse(Environment.GetEnvironmentVariable("LETTADR_LOSSES"), NumberStyles.None, CultureInfo.InvariantCulture, out var times) ? times : 2;

    [DockerFact(TestImages.Postgres)]
    public async Task The_latest_moment_holds_a_gapless_prefix_of_what_was_committed()
    {
        for (var time = 1; time <= Times; time++)
        {
            await LoseAndRecoverAsync(time);
        }
    }

    private async Task LoseAndRecoverAsync(int time)
    {
        await using var server = await RecoverableServer.StartNewAsync();
        await server.ArchiveAsync();
        await NumberedWriter.CreateTableAsync(server.Deployment);
        await server.CopyAsync();
        var writer = new NumberedWriter(server.Deployment);
        var writing = writer.RunAsync(Commits, CancellationToken.None);
        await Task.Delay(Random.Shared.Next(200, 4000));
        var window = RecoveryPlanning.Window(server.Repository.Directory, "letta", CancellationToken.None);
        var claim = await server.LookAtArchiveAsync();
        await server.LoseAsync();
        await writing;
        var left = await server.LookAtArchiveAsync();
        var committed = writer.Heard.ToList();
        await server.MakeAnewAsync();

        var result = await server.RecoverAsync(RecoveryTarget.Latest);

        var recovered = int.Parse(await server.ValueAsync("SELECT count(*) FROM numbered"), CultureInfo.InvariantCulture);
        Assert.Equal(recovered.ToString(CultureInfo.InvariantCulture), await server.ValueAsync("SELECT coalesce(max(i), 0) FROM numbered"));
        var lost = committed.Where(commit => commit.Number > recovered).ToList();
        // Whatever was committed before the moment that was claimed is there, and nothing that was claimed went with the server.
        Assert.Equal(WalArchiveState.Streaming, claim.State);
        Assert.DoesNotContain(lost, commit => commit.HeardAt <= claim.RecoverableAt);
        Assert.True(left.RecoverableLsn >= claim.RecoverableLsn, $"Claimed {claim.RecoverableLsn}, left {left.RecoverableLsn}.");
        // By position: of two commits at once, the one that comes later in the log may bear the earlier time.
        Assert.True(
            result.ReachedLsn >= window.LatestLsn,
            $"Claimed {window.LatestLsn} of {window.Latest:O}, reached {result.ReachedLsn} of {result.ReachedTime:O}; the log ends {result.Window}.");
        var unclaimed = committed.Count(commit => commit.HeardAt > claim.RecoverableAt);
        output.WriteLine(
            $"{time}: claimed {claim.RecoverableAt:O}, reached {result.ReachedTime:O}; {committed.Count} commits confirmed, {recovered} recovered, "
            + $"{lost.Count} lost of {unclaimed} after the claim; recovered in {result.Duration.TotalSeconds:0.0} s");
        await server.ExecuteAsync("INSERT INTO numbered VALUES (-1, 'the recovered server takes writes')");
    }
}
