namespace LettaDr.Systems.Tests;

/// <summary>A log file that is gone, cut or another's is refused before anything is touched, with what can still be recovered.</summary>
public sealed class DamagedLogTests
{
    [DockerFact(TestImages.Postgres)]
    public async Task A_recovery_is_refused_with_what_is_still_reachable()
    {
        await using var server = await RecoverableServer.StartNewAsync();
        await server.ExecuteAsync("CREATE TABLE numbered (i int)");
        await using var log = new ReceivedLog(server);
        await log.ReceiveAsync();
        await server.CopyAsync();
        foreach (var number in new[] { 1, 2, 3, 4, 5 })
        {
            await server.ExecuteAsync($"INSERT INTO numbered VALUES ({number})");
            await server.ExecuteAsync("SELECT pg_switch_wal()");
        }

        await server.ExecuteAsync("INSERT INTO numbered VALUES (6)");
        await log.ReceivedAsync();
        var segments = Directory.EnumerateFiles(log.Folder, "*", SearchOption.AllDirectories).Where(path => Path.GetExtension(path).Length == 0)
            .Order(StringComparer.Ordinal).ToList();
        var (victim, other) = (segments[^3], segments[^2]);
        var whole = Plan(server, RecoveryTarget.Latest);
        Assert.Null(whole.Window.Problem);
        var bytes = await File.ReadAllBytesAsync(victim);

        await RefusedAsync("removed", () => File.Delete(victim));
        await RefusedAsync("cut", () => File.WriteAllBytes(victim, bytes[..100]));
        await RefusedAsync("swapped", () => File.Copy(other, victim, overwrite: true));
        var flipped = (byte[])bytes.Clone();
        flipped[8192 + 100] ^= 1;
        flipped[60] ^= 1;
        await RefusedAsync("flipped", () => File.WriteAllBytes(victim, flipped));

        await File.WriteAllBytesAsync(victim, bytes);
        Assert.Null(Plan(server, RecoveryTarget.Latest).Window.Problem);

        Task RefusedAsync(string what, Action damage)
        {
            damage();
            var refused = Assert.Throws<LettaDrException>(() => Plan(server, RecoveryTarget.At(whole.Window.Latest)));
            Assert.True(refused.Id == "WalBroken", $"{what}: {refused.Id} {refused.Message}");
            Assert.Contains(Path.GetFileName(victim), refused.Message, StringComparison.Ordinal);
            var window = RecoveryPlanning.Window(server.Repository.Directory, "letta", CancellationToken.None);
            Assert.Contains(window.ToString(), refused.Message, StringComparison.Ordinal);
            Assert.True(window.Latest < whole.Window.Latest && window.Latest > window.Earliest, what);
            Assert.NotNull(window.Problem);
            // What lies before the damage can be recovered.
            Assert.Equal(window.Latest, Plan(server, RecoveryTarget.At(window.Latest)).LastCommit);
            return Task.CompletedTask;
        }
    }

    private static RecoveryPlan Plan(RecoverableServer server, RecoveryTarget moment) =>
        RecoveryPlanning.Plan(server.Repository.Directory, "letta", moment, null, CancellationToken.None);
}
