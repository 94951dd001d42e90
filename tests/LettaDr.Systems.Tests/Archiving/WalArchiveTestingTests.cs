namespace LettaDr.Systems.Tests;

/// <summary>A removed, a truncated, a swapped and a flipped file are each found; and nothing is where nothing was done.</summary>
public sealed class WalArchiveTestingTests
{
    [DockerFact(TestImages.Postgres)]
    public async Task EachDamageIsFound()
    {
        await using var archived = await ArchivedServer.StartAsync();
        await archived.ReceiveAsync();
        await archived.WriteAsync(megabytes: 90);
        await archived.CaughtUpAsync();
        await Eventually.TrueAsync(() => archived.Opened.Files().Count(file => file.FileName.EndsWith(".zst", StringComparison.Ordinal)) >= 5);
        await new WalArchiveStopping(archived.Server.Docker, archived.Repository, NoObserver.Instance).RunAsync(await archived.LookAsync(), dropSlot: true, CancellationToken.None);
        var files = archived.Opened.Files().Where(file => file.FileName.EndsWith(".zst", StringComparison.Ordinal)).Select(file => Path.Combine(archived.Opened.Location, file.FileName)).ToArray();
        var (third, fourth) = (files[2], files[3]);
        var content = File.ReadAllBytes(third);
        Assert.Equal("", await FoundAsync(archived));

        File.Delete(third);
        Assert.Equal("LogWhole", await FoundAsync(archived));
        File.WriteAllBytes(third, content[..(content.Length / 2)]);
        Assert.Equal("LogReadable", await FoundAsync(archived));
        File.WriteAllBytes(third, [.. content[..5000], (byte)(content[5000] ^ 1), .. content[5001..]]);
        Assert.Equal("LogReadable", await FoundAsync(archived));
        File.Delete(third);
        File.Move(fourth, third);
        File.WriteAllBytes(fourth, content);
        Assert.Equal("LogReadable", await FoundAsync(archived));
        Assert.Equal(2, Damaged(await archived.TestAsync()).Split(" belongs at ").Length - 1);
    }

    private static async Task<string> FoundAsync(ArchivedServer archived)
    {
        var results = await archived.TestAsync(offline: true);
        Assert.Equal(["LogWhole", "LogReadable", "BasesLeadOn", "Receiving", "SlotHoldsLog", "RecoveryPoint"], results.Select(result => result.Name));
        Assert.All(results, result => Assert.Equal(result.Outcome == Outcome.Passed, result.Remedy is null));
        return string.Join(' ', results.Where(result => result.Outcome == Outcome.Failed).Select(result => result.Name));
    }

    private static string Damaged(IReadOnlyList<CheckResult> results) => results.Single(result => result.Name == "LogReadable").Evidence;
}
