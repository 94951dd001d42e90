using System.Globalization;

namespace LettaDr.Systems.Tests;

[Collection(nameof(RedisCollection))]
public sealed class CacheRestoreTests(RedisServers servers) : IDisposable
{
    private readonly TemporaryRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [DockerTheory(TestImages.Redis)]
    [InlineData("yes", "yes")]
    [InlineData("yes", "no")]
    [InlineData("no", "yes")]
    [InlineData("no", "no")]
    public async Task Any_set_restores_to_any_Redis_which_then_writes_as_it_is_configured(string set, string target)
    {
        var source = await servers.StartAsync("--appendonly", set);
        await source.FillAsync();
        var state = await source.StateAsync();
        var backup = await source.BackUpAsync(_repository);
        var redis = await servers.StartAsync("--appendonly", target, "--requirepass", "test", "--appendfilename", "letta.aof", "--dbfilename", "letta.rdb");
        await redis.CliAsync("SET", "written-since", "x");
        await redis.CliAsync("SAVE");

        var result = await redis.RestoreAsync(_repository, backup);

        Assert.Equal(state, await redis.StateAsync());
        Assert.Equal((510L, 510L, 0L, target == "yes"), (result.KeysInSet, result.KeysRestored, result.KeysExpired, result.AppendOnly));
        Assert.Equal(target == "yes" ? "1" : "0", await redis.InfoAsync("persistence", "aof_enabled"));
        Assert.Equal(backup.Manifest!.Cache!.SnapshotTime, result.SnapshotTime);
        Assert.True(result.RecoveryPointAge > TimeSpan.Zero);
        Assert.All(result.Stages, stage => Assert.Equal(Outcome.Passed, stage.Outcome));

        // It is on disk, too: once as it was loaded, and once with what was written after it.
        await redis.CliAsync("SET", "after", "x");
        await redis.CliAsync("DEL", "after");
        await redis.RestartAsync();
        Assert.Equal(state, await redis.StateAsync());

        // What was there before is kept, and belongs to Redis's user; nothing else is left.
        var previous = result.PreviousFiles!.Split(' ')[0];
        Assert.Contains(target == "yes" ? "appendonlydir" : "letta.rdb", await redis.ShellAsync($"ls {previous}"), StringComparison.Ordinal);
        Assert.Empty(await redis.ShellAsync($"find /data -not -user redis -not -path '/data/.lettadr-before-*'; ls -d /data/.lettadr-restore 2> /dev/null || true"));
        Assert.Equal(target == "yes", (await redis.ShellAsync("ls /data")).Contains("appendonlydir", StringComparison.Ordinal));
    }

    [DockerFact(TestImages.Redis)]
    public async Task Keys_whose_time_is_up_are_counted_apart_and_the_others_keep_theirs()
    {
        var source = await servers.StartAsync("--appendonly", "yes");
        await source.PipeAsync("SET lasting x\nSET later x EX 6000\nSET soon x PX 1\nSET soon2 x PX 1\n");
        var soon = DateTimeOffset.UtcNow.AddSeconds(2).ToUnixTimeMilliseconds();
        await source.PipeAsync($"SET third x PXAT {soon}\n");
        var backup = await source.BackUpAsync(_repository);
        await Eventually.TrueAsync(() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() > soon);

        foreach (var target in new[] { "yes", "no" })
        {
            var redis = await servers.StartAsync("--appendonly", target);
            var result = await redis.RestoreAsync(_repository, backup);

            Assert.Equal(backup.Manifest!.Cache!.Keys, result.KeysInSet);
            Assert.Equal((2L, result.KeysInSet - 2), (result.KeysRestored, result.KeysExpired));
            Assert.InRange(long.Parse(await redis.CliAsync("TTL", "later"), CultureInfo.InvariantCulture), 5000, 6000);
            Assert.Equal("-1", await redis.CliAsync("TTL", "lasting"));
            Assert.Equal("0", await redis.CliAsync("EXISTS", "third"));
        }
    }

    [DockerFact(TestImages.Redis)]
    public async Task An_append_only_file_that_was_switched_on_by_hand_is_on_again()
    {
        var redis = await servers.StartAsync();
        await redis.CliAsync("CONFIG", "SET", "appendonly", "yes");
        await redis.FillAsync();
        var state = await redis.StateAsync();
        var backup = await redis.BackUpAsync(_repository);
        await redis.CliAsync("FLUSHALL");
        var observer = new CollectingObserver();

        var result = await redis.RestoreAsync(_repository, backup, request => request with { DiscardPrevious = true }, observer);

        Assert.True(result.AppendOnly);
        Assert.Equal(state, await redis.StateAsync());
        Assert.Contains(observer.Warnings, warning => warning.Contains("--appendonly yes", StringComparison.Ordinal));
        Assert.Null(result.PreviousFiles);
        Assert.Empty(await redis.ShellAsync("ls -d /data/.lettadr* 2> /dev/null || true"));
    }

    [DockerFact(TestImages.Redis)]
    public async Task A_Redis_that_cannot_start_on_its_files_is_brought_back()
    {
        var redis = await servers.StartAsync("--appendonly", "yes");
        await redis.FillAsync();
        var state = await redis.StateAsync();
        var backup = await redis.BackUpAsync(_repository);
        await redis.ShellAsync($"printf 'garbage' | dd of={TestRedis.AppendOnly} bs=1 seek=200 conv=notrunc 2> /dev/null");
        await redis.Engine.Containers.KillAsync(redis.Id, CancellationToken.None);
        await redis.Engine.Containers.StartAsync(redis.Id, CancellationToken.None);
        await Eventually.TrueAsync(async () => !(await redis.Engine.InspectAsync(redis.Id, CancellationToken.None)).IsRunning);

        var result = await redis.RestoreAsync(_repository, backup);

        Assert.Equal(state, await redis.StateAsync());
        Assert.Contains("garbage", await redis.ShellAsync($"cat {result.PreviousFiles!.Split(' ')[0]}/appendonlydir/*.incr.aof"), StringComparison.Ordinal);
    }

    [DockerFact(TestImages.Redis)]
    public async Task The_journal_holds_the_steps_and_the_plan_states_the_loss()
    {
        var redis = await servers.StartAsync("--appendonly", "yes");
        await redis.FillAsync();
        var backup = await redis.BackUpAsync(_repository);
        var deployment = await redis.DeploymentAsync();
        var request = new CacheRestoreRequest { Deployment = deployment, Backup = backup };
        await using (var target = await RedisCacheTarget.OpenAsync(deployment, CancellationToken.None))
        {
            var runId = await redis.RunIdAsync();
            var profile = await new CacheRestore(_repository.Directory, target, new CollectingObserver(), _repository.Journals)
                .PreflightAsync(request, CancellationToken.None);
            var plan = CacheRestoreDescription.Plan(request, profile);

            Assert.Equal((true, true, 510L, "/data"), (profile.IsRunning, profile.AppendOnly, profile.Keys, profile.Directory));
            Assert.Contains("510 keys", plan, StringComparison.Ordinal);
            Assert.Contains("its 510 keys are replaced", CacheRestoreDescription.Question(request, profile), StringComparison.Ordinal);
            Assert.Equal(runId, await redis.RunIdAsync());
        }

        var result = await redis.RestoreAsync(_repository, backup);

        var journal = Directory.EnumerateFiles(_repository.Path, "*-RestoreCache.json", SearchOption.AllDirectories).Single();
        Assert.Contains("510 keys, 0 expired; append-only file on and written to", await File.ReadAllTextAsync(journal), StringComparison.Ordinal);
        Assert.Equal(7, result.Stages.Count);
    }
}
