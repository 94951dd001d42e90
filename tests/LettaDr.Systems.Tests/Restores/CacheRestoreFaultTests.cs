using System.Security.Cryptography;

namespace LettaDr.Systems.Tests;

/// <summary>What must not replace a Redis's files does not, and a failure after it was stopped puts them back.</summary>
[Collection(nameof(RedisCollection))]
public sealed class CacheRestoreFaultTests(RedisServers servers) : IDisposable
{
    private readonly TemporaryRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [DockerTheory(TestImages.Redis)]
    [InlineData("flipped", "BackupFileDamaged")]
    [InlineData("cut", "BackupFileDamaged")]
    [InlineData("damaged in the middle", "CacheFilesNotLoadable")]
    [InlineData("other keys", "CacheNotIdentical")]
    [InlineData("no cache", "BackupWithoutCache")]
    [InlineData("other deployment", "BackupOfOtherDeployment")]
    public async Task A_set_that_is_not_what_it_should_be_leaves_Redis_alone(string fault, string id)
    {
        var (redis, backup) = await BackedUpAsync("--appendonly", "yes");
        var state = await redis.StateAsync();
        var (runId, files) = (await redis.RunIdAsync(), await FilesAsync(redis));
        var incr = backup.Manifest!.Cache!.Files.Single(name => name.EndsWith(".incr.aof", StringComparison.Ordinal));
        backup = fault switch
        {
            "flipped" => Edit(backup, incr, bytes => [.. bytes[..500], (byte)(bytes[500] ^ 1), .. bytes[501..]], reseal: false),
            "cut" => Edit(backup, incr, bytes => bytes[..^9], reseal: false),
            "damaged in the middle" => Edit(backup, incr, bytes => [.. bytes[..200], .. "garbage"u8, .. bytes[207..]], reseal: true),
            "other keys" => Reseal(backup, manifest => manifest with { Cache = manifest.Cache! with { Keys = 511 } }),
            "no cache" => Reseal(backup, manifest => manifest with { Cache = null }),
            _ => backup,
        };

        var failure = await Assert.ThrowsAsync<LettaDrException>(() => redis.RestoreAsync(
            _repository, backup, request => fault == "other deployment"
                ? request with { AllowOtherDeployment = false, Deployment = request.Deployment with { Name = "another" } } : request));

        Assert.Equal(id, failure.Id);
        Assert.Equal((state, runId, files), (await redis.StateAsync(), await redis.RunIdAsync(), await FilesAsync(redis)));
    }

    [DockerFact(TestImages.Redis)]
    public async Task An_unfinished_command_at_the_end_of_a_set_is_told_in_bytes()
    {
        var (redis, backup) = await BackedUpAsync("--appendonly", "yes");
        var state = await redis.StateAsync();
        var incr = backup.Manifest!.Cache!.Files.Single(name => name.EndsWith(".incr.aof", StringComparison.Ordinal));
        backup = Edit(backup, incr, bytes => [.. bytes, .. "*3\r\n$3\r\nSET"u8], reseal: true);
        var observer = new CollectingObserver();

        var result = await redis.RestoreAsync(_repository, backup, null, observer);

        Assert.Equal(11, result.TruncatedBytes);
        Assert.Contains(observer.Warnings, warning => warning.StartsWith("11 bytes", StringComparison.Ordinal));
        Assert.Equal(state, await redis.StateAsync());
    }

    [DockerFact(TestImages.Redis)]
    public async Task A_Redis_that_starts_with_other_files_than_it_said_gets_its_own_back()
    {
        // The name was changed while it ran: its command still says dump.rdb, which the restore does not lay out.
        var (redis, backup) = await BackedUpAsync("--appendonly", "no");
        await redis.CliAsync("SET", "since", "x");
        await redis.CliAsync("SAVE");
        var state = await redis.StateAsync();
        await redis.CliAsync("CONFIG", "SET", "dbfilename", "other.rdb");

        var failure = await Assert.ThrowsAsync<LettaDrException>(() => redis.RestoreAsync(_repository, backup));

        Assert.Equal("CacheNotLoaded", failure.Id);
        Assert.Equal(state, await redis.StateAsync());
        Assert.DoesNotContain("lettadr", await FilesAsync(redis), StringComparison.Ordinal);
    }

    [DockerTheory(TestImages.Redis)]
    [InlineData(nameof(ICacheTarget.SwapAsync))]
    [InlineData(nameof(ICacheTarget.StartAsync))]
    [InlineData(nameof(ICacheTarget.ProveAsync))]
    public async Task A_failure_after_it_was_stopped_puts_the_old_files_back_and_starts_it(string failing)
    {
        var (redis, backup) = await BackedUpAsync("--appendonly", "yes", "--save", string.Empty);
        await redis.CliAsync("SET", "since", "x");
        var state = await redis.StateAsync();
        var files = await FilesAsync(redis);
        var deployment = await redis.DeploymentAsync();
        await using var target = new FailingCacheTarget(await RedisCacheTarget.OpenAsync(deployment, CancellationToken.None), failing);

        var failure = await Assert.ThrowsAsync<LettaDrException>(() => new CacheRestore(
            _repository.Directory, target, new CollectingObserver(), _repository.Journals).RunAsync(
                new CacheRestoreRequest { Deployment = deployment, Backup = backup }, OperationId.Next(), CancellationToken.None));

        Assert.Equal("Planted", failure.Id);
        Assert.Equal((state, files), (await redis.StateAsync(), await FilesAsync(redis)));
    }

    [DockerFact(TestImages.Redis)]
    public async Task A_Redis_that_saves_nothing_by_itself_loses_nothing_when_its_restore_fails()
    {
        var (redis, backup) = await BackedUpAsync("--appendonly", "no", "--save", string.Empty);
        await redis.CliAsync("SET", "since", "x");
        var state = await redis.StateAsync();
        var deployment = await redis.DeploymentAsync();
        await using var target = new FailingCacheTarget(await RedisCacheTarget.OpenAsync(deployment, CancellationToken.None), nameof(ICacheTarget.ProveAsync));

        await Assert.ThrowsAsync<LettaDrException>(() => new CacheRestore(
            _repository.Directory, target, new CollectingObserver(), _repository.Journals).RunAsync(
                new CacheRestoreRequest { Deployment = deployment, Backup = backup }, OperationId.Next(), CancellationToken.None));

        Assert.Equal(state, await redis.StateAsync());
    }

    [DockerFact(TestImages.Redis)]
    public async Task Two_restores_of_one_Redis_do_not_meet()
    {
        var (redis, backup) = await BackedUpAsync("--appendonly", "yes");
        await using var first = await RedisCacheTarget.OpenAsync(await redis.DeploymentAsync(), CancellationToken.None);
        await first.InspectAsync(CancellationToken.None);
        await first.BeginAsync(OperationId.Next(), CancellationToken.None);

        var failure = await Assert.ThrowsAsync<LettaDrException>(() => redis.RestoreAsync(_repository, backup));

        Assert.Equal(("CacheRestoreRunning", FaultKind.Busy), (failure.Id, failure.Kind));
    }

    [DockerFact(TestImages.Redis)]
    public async Task A_replica_and_files_in_the_container_itself_are_refused()
    {
        var replica = await servers.StartAsync("--replicaof", "127.0.0.1", "1");
        var loose = await servers.StartAsync("--dir", "/tmp");

        Assert.Equal("CacheIsReplica", (await InspectAsync(replica)).Id);
        Assert.Equal("CacheNotOnVolume", (await InspectAsync(loose)).Id);
    }

    [DockerFact(TestImages.Redis)]
    public async Task A_Redis_that_runs_and_does_not_answer_is_not_taken_for_one_that_is_down()
    {
        var redis = await servers.StartAsync();
        await DockerAsync("pause", redis.Id);

        Assert.Equal("CacheSilent", (await InspectAsync(redis)).Id);

        await DockerAsync("unpause", redis.Id);
    }

    private static async Task<LettaDrException> InspectAsync(TestRedis redis)
    {
        await using var target = await RedisCacheTarget.OpenAsync(await redis.DeploymentAsync(), CancellationToken.None);
        return await Assert.ThrowsAsync<LettaDrException>(() => target.InspectAsync(CancellationToken.None));
    }

    private static async Task DockerAsync(params string[] arguments)
    {
        using var docker = System.Diagnostics.Process.Start("docker", arguments);
        await docker.WaitForExitAsync();
        Assert.Equal(0, docker.ExitCode);
    }

    private async Task<(TestRedis Redis, Backup Backup)> BackedUpAsync(params string[] settings)
    {
        var redis = await servers.StartAsync(settings);
        await redis.FillAsync();
        return (redis, await redis.BackUpAsync(_repository));
    }

    /// <summary>All names in the data directory.</summary>
    private static Task<string> FilesAsync(TestRedis redis) => redis.ShellAsync("cd /data; find . | sort");

    private Backup Edit(Backup backup, string file, Func<byte[], byte[]> change, bool reseal)
    {
        var path = Path.Combine(backup.Path, file);
        var bytes = change(File.ReadAllBytes(path));
        File.WriteAllBytes(path, bytes);
        return !reseal ? backup : Reseal(backup, manifest => manifest with
        {
            Files = [.. manifest.Files.Select(listed => listed.Name == file
                ? new BackupFile(file, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))) : listed)],
        });
    }

    private Backup Reseal(Backup backup, Func<BackupManifest, BackupManifest> change)
    {
        File.WriteAllBytes(Path.Combine(backup.Path, BackupManifest.FileName), ManifestSerializer.Write(change(backup.Manifest!)));
        return Assert.Single(_repository.Directory.List(null, includeIncomplete: true));
    }
}
