namespace LettaDr.Systems.Tests;

/// <summary>kill -9 of our process at the beginning of each step: nothing is lost, and the next run puts everything right.</summary>
[Collection(nameof(RedisCollection))]
public sealed class KilledCacheTests(RedisServers servers) : IDisposable
{
    private readonly TemporaryRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [DockerTheory(TestImages.Redis)]
    [InlineData("Load the set in a throw-away Redis", true, "nothing was left")]
    [InlineData("Stop Redis", true, "its unfinished files were removed.")]
    [InlineData("Set the old files aside, put the set's in their place", false, "its unfinished files were removed, and Redis was started again.")]
    [InlineData("Start Redis and wait until it has loaded", false, "the previous files of Redis were put back, and Redis was started again.")]
    [InlineData("Count the keys, see that they are written to disk", true, "those from before it are kept in /data/.lettadr-before-")]
    [InlineData("Keep the previous files", true, "those from before it are kept in /data/.lettadr-before-")]
    public async Task The_next_restore_puts_right_what_a_killed_one_has_left(string step, bool runs, string told)
    {
        var redis = await servers.StartAsync("--appendonly", "yes");
        await redis.FillAsync();
        var restored = await redis.StateAsync();
        await redis.BackUpAsync(_repository);
        await redis.CliAsync("SET", "since", "x");
        var before = await redis.StateAsync();

        using (var child = await CacheChild.StartAsync(redis, _repository, CacheChild.Restore, step))
        {
            await child.StandsStillAsync();
            child.Kill();
        }

        Assert.Equal(runs, (await redis.Engine.InspectAsync(redis.Id, CancellationToken.None)).IsRunning);
        var after = runs ? await redis.StateAsync() : null;

        // First a run that ends at once: it puts right what was left, and no more.
        var deployment = await redis.DeploymentAsync();
        await using (var target = await RedisCacheTarget.OpenAsync(deployment, CancellationToken.None))
        {
            await target.InspectAsync(CancellationToken.None);
            Assert.Contains(told, await target.BeginAsync(OperationId.Next(), CancellationToken.None) ?? "nothing was left", StringComparison.Ordinal);
        }

        Assert.Equal(after ?? before, await redis.StateAsync());
        var result = await redis.RestoreAsync(_repository, _repository.Catalog.Resolve(BackupCatalog.Latest, null, BackupParts.Cache));

        Assert.Equal(restored, await redis.StateAsync());
        Assert.Equal(510, result.KeysRestored);
        Assert.Contains("since", await redis.ShellAsync("cat /data/.lettadr-before-*/appendonlydir/*.incr.aof"), StringComparison.Ordinal);
        Assert.Empty(await redis.ShellAsync("ls -d /data/.lettadr-restore 2> /dev/null || true"));
        await redis.RestartAsync();
        Assert.Equal(restored, await redis.StateAsync());
    }

    [DockerFact(TestImages.Redis)]
    public async Task A_move_that_was_cut_short_in_its_middle_is_undone()
    {
        // As a host that went down leaves it: the old files half moved, and one of the new ones in place.
        var redis = await servers.StartAsync("--appendonly", "yes");
        await redis.FillAsync();
        await redis.BackUpAsync(_repository);
        await redis.CliAsync("SET", "since", "x");
        await redis.CliAsync("SAVE");
        var before = await redis.StateAsync();
        using (var child = await CacheChild.StartAsync(redis, _repository, CacheChild.Restore, "Start Redis and wait until it has loaded"))
        {
            await child.StandsStillAsync();
            child.Kill();
        }

        await servers.ShellOnAsync(redis, "cd /data; mv .lettadr-restore/old/dump.rdb dump.rdb; ls .lettadr-restore/old/appendonlydir appendonlydir");
        await using (var target = await RedisCacheTarget.OpenAsync(await redis.DeploymentAsync(), CancellationToken.None))
        {
            await target.InspectAsync(CancellationToken.None);
            await target.BeginAsync(OperationId.Next(), CancellationToken.None);
        }

        Assert.Equal(before, await redis.StateAsync());
        Assert.Contains("since", await redis.ShellAsync("cat /data/dump.rdb"), StringComparison.Ordinal);
        Assert.DoesNotContain("lettadr", await redis.ShellAsync("ls -A /data"), StringComparison.Ordinal);
    }
}
