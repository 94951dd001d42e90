namespace LettaDr.Systems.Tests;

/// <summary>How a real Redis says that it writes to disk, and what that would lose.</summary>
[Collection(nameof(RedisCollection))]
public sealed class RedisPersistenceTests(RedisServers servers)
{
    [DockerFact(TestImages.Redis)]
    public async Task Each_way_of_writing_to_disk_has_its_loss()
    {
        var redis = await servers.StartAsync("--appendonly", "yes", "--requirepass", "test");

        Assert.Equal((TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)), await LossAsync(redis));
        await redis.CliAsync("CONFIG", "SET", "appendfsync", "always");
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), await LossAsync(redis));
        await redis.CliAsync("CONFIG", "SET", "appendfsync", "no");
        Assert.Equal((TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30)), await LossAsync(redis));
        await redis.CliAsync("CONFIG", "SET", "appendfsync", "everysec", "no-appendfsync-on-rewrite", "yes");
        Assert.Equal((TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30)), await LossAsync(redis));

        await redis.CliAsync("CONFIG", "SET", "appendonly", "no", "save", "3600 1 300 100");
        await redis.CliAsync("SAVE");
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromHours(1)), await LossAsync(redis));
        await redis.CliAsync("SET", "key", "value");
        var saved = (await ReadAsync(redis)).LastSave!.Value;
        Assert.Equal((TimeSpan.FromMinutes(7), TimeSpan.FromHours(1)), await LossAsync(redis, saved.AddMinutes(7)));
        await redis.CliAsync("CONFIG", "SET", "save", string.Empty);
        Assert.Null((await LossAsync(redis)).AtMost);
    }

    [DockerFact(TestImages.Redis)]
    public async Task A_snapshot_that_could_not_be_written_is_told()
    {
        var redis = await servers.StartAsync("--appendonly", "no");
        Assert.True((await ReadAsync(redis)).LastWriteSucceeded);
        await redis.ShellAsync("mkdir /data/blocked.rdb");
        await redis.CliAsync("CONFIG", "SET", "dbfilename", "blocked.rdb");
        await redis.CliAsync("BGSAVE");

        await Eventually.TrueAsync(async () => !(await ReadAsync(redis)).LastWriteSucceeded);
    }

    [DockerFact(TestImages.Redis)]
    public async Task A_wrong_password_is_told_and_not_shown()
    {
        var redis = await servers.StartAsync("--appendonly", "yes", "--requirepass", "test");
        var deployment = await redis.DeploymentAsync("not-the-password");

        var refused = await Assert.ThrowsAsync<LettaDrException>(() => RedisPersistence.ReadAsync(deployment.Cache!, CancellationToken.None));

        Assert.Equal("CacheLoginRefused", refused.Id);
        Assert.DoesNotContain("not-the-password", refused.ToString(), StringComparison.Ordinal);
    }

    private static async Task<CachePersistence> ReadAsync(TestRedis redis) =>
        await RedisPersistence.ReadAsync((await redis.DeploymentAsync()).Cache!, CancellationToken.None);

    private static async Task<(TimeSpan? Now, TimeSpan? AtMost)> LossAsync(TestRedis redis, DateTimeOffset? now = null)
    {
        var state = await ReadAsync(redis);
        return (state.LossNow(now ?? DateTimeOffset.UtcNow), state.LossAtMost);
    }
}
