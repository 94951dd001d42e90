namespace LettaDr.Systems.Tests;

/// <summary>Redis servers that a test class starts as it needs them, each with other settings.</summary>
public sealed class RedisServers : ContainerFixture
{
    private static readonly string[] ForTests =
        ["--enable-debug-command", "yes", "--enable-protected-configs", "yes"];
    private string? _network;

    /// <summary>Starts one with more settings on its command line.</summary>
    internal async Task<TestRedis> StartAsync(params string[] settings)
    {
        _network ??= await CreateNetworkAsync();
        var id = await RunAsync(new DockerRunRequest { Image = TestImages.Redis, Network = _network, Command = ["redis-server", .. ForTests, .. settings] });
        var password = settings.SkipWhile(word => word != "--requirepass").Skip(1).FirstOrDefault();
        var redis = new TestRedis(Engine, id, password);
        await redis.ReadyAsync();
        return redis;
    }

    /// <summary>Runs a shell script on the volumes of a server that does not run.</summary>
    internal async Task<string> ShellOnAsync(TestRedis redis, string script)
    {
        var volumes = (await Engine.InspectAsync(redis.Id, CancellationToken.None)).Volumes;
        await using var container = await ScratchContainer.StartAsync(Engine, TestImages.Redis, null, volumes, CancellationToken.None);
        return await container.ShellAsync(script, [], null, CancellationToken.None);
    }

    protected override Task StartAsync() => Task.CompletedTask;
}
