using System.Globalization;

namespace LettaDr.Systems.Tests;

[Collection(nameof(RedisCollection))]
public sealed class CacheBackupTests(RedisServers servers) : IDisposable
{
    private readonly TemporaryRepository _repository = new();
    private readonly TemporaryFolder _folder = new("by-hand");

    public void Dispose()
    {
        _repository.Dispose();
        _folder.Dispose();
    }

    [DockerTheory(TestImages.Redis)]
    [InlineData("yes")]
    [InlineData("no")]
    public async Task A_set_restores_by_hand_as_its_page_tells(string appendOnly)
    {
        var redis = await servers.StartAsync("--appendonly", appendOnly);
        await redis.FillAsync();
        var before = await redis.StateAsync();

        var backup = await redis.BackUpAsync(_repository);
        var part = backup.Manifest!.Cache!;

        Assert.Equal((appendOnly == "yes", 510L, 2L, 0L, "8.0.2"), (part.AppendOnly, part.Keys, part.ExpiringKeys, part.TruncatedBytes, part.RedisVersion[..5]));
        Assert.Equal(BackupParts.Cache, backup.Parts);
        Assert.Equal(part.Bytes, part.Files.Sum(name => new FileInfo(Path.Combine(backup.Path, name)).Length));
        Assert.InRange(part.SnapshotTime, backup.Manifest.StartedAt, backup.Manifest.CompletedAt);
        Assert.NotNull(part.ImageDigest);

        var page = await File.ReadAllTextAsync(Path.Combine(backup.Path, BackupManifest.InstructionsFileName));
        foreach (var command in page.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("cp ", StringComparison.Ordinal)))
        {
            Directory.CreateDirectory(Path.Combine(_folder.Path, "appendonlydir"));
            Assert.Equal(0, await ShellAsync(backup.Path, command.Replace("/data/", _folder.Path + "/", StringComparison.Ordinal)));
        }

        Assert.Contains($"--appendonly {appendOnly}", page, StringComparison.Ordinal);
        var restored = await RedisOnAsync(_folder.Path, appendOnly);
        Assert.Equal(before, await restored.StateAsync());
    }

    [DockerFact(TestImages.Redis)]
    public async Task A_writer_that_goes_on_is_neither_stopped_nor_waited_for_and_the_setting_is_put_back()
    {
        var redis = await servers.StartAsync("--appendonly", "yes", "--auto-aof-rewrite-percentage", "73");
        await redis.FillAsync();
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await redis.PipeAsync(string.Concat(Enumerable.Repeat("INCR counter\n", 300)));
            }
        });
        await Eventually.TrueAsync(async () => await CounterAsync() > 1);
        var before = await CounterAsync();

        var backup = await redis.BackUpAsync(_repository);
        await stop.CancelAsync();
        await writing;
        var after = await CounterAsync();

        Assert.Equal("73", await redis.RewritesAsync());
        Assert.Equal(511, backup.Manifest!.Cache!.Keys);
        await redis.RestoreAsync(_repository, backup);
        Assert.InRange(await CounterAsync(), before, after);

        async Task<long> CounterAsync() => long.TryParse(await redis.CliAsync("GET", "counter"), CultureInfo.InvariantCulture, out var count) ? count : 0;
    }

    [DockerFact(TestImages.Redis)]
    public async Task An_unfinished_command_at_the_end_is_left_out_and_counted()
    {
        var redis = await servers.StartAsync("--appendonly", "yes");
        await redis.FillAsync();
        // Redis may hold back what it was told while the disk is busy; it must not write behind what follows.
        await Eventually.TrueAsync(async () => await redis.InfoAsync("persistence", "aof_buffer_length") == "0");
        await redis.ShellAsync($"printf '*3\\r\\n$3\\r\\nSET\\r\\n$3\\r\\nfoo' >> {TestRedis.AppendOnly}");

        var backup = await redis.BackUpAsync(_repository);

        var part = backup.Manifest!.Cache!;
        Assert.Equal((20L, 510L), (part.TruncatedBytes, part.Keys));
        var file = part.Files.Single(name => name.EndsWith(".incr.aof", StringComparison.Ordinal));
        var size = long.Parse(await redis.ShellAsync($"wc -c < {TestRedis.AppendOnly}"), CultureInfo.InvariantCulture);
        Assert.Equal(size - 20, backup.Manifest.Files.Single(listed => listed.Name == file).Size);
    }

    [DockerFact(TestImages.Redis)]
    public async Task Files_that_are_damaged_on_disk_while_Redis_runs_on_are_found_and_not_published()
    {
        var redis = await servers.StartAsync("--appendonly", "yes");
        await redis.FillAsync();
        await redis.ShellAsync($"printf 'garbage' | dd of={TestRedis.AppendOnly} bs=1 seek=200 conv=notrunc 2> /dev/null");

        var fault = await Assert.ThrowsAsync<LettaDrException>(() => redis.BackUpAsync(_repository));

        Assert.Equal(("CacheFilesDamaged", FaultKind.DataCorrupt), (fault.Id, fault.Kind));
        Assert.Contains("Bad file format", fault.Message, StringComparison.Ordinal);
        Assert.Contains("BGREWRITEAOF", fault.Remedy, StringComparison.Ordinal);
        Assert.Empty(_repository.SetFiles());

        // The remedy is one.
        await redis.CliAsync("BGREWRITEAOF");
        await Eventually.TrueAsync(async () => await redis.InfoAsync("persistence", "aof_rewrite_in_progress") == "0");
        Assert.Equal(510, (await redis.BackUpAsync(_repository)).Manifest!.Cache!.Keys);
    }

    [DockerFact(TestImages.Redis)]
    public async Task A_password_is_used_and_shown_nowhere_and_a_wrong_one_is_told_before_anything_is_touched()
    {
        const string Password = "s3cret-of-the-cache";
        var redis = await servers.StartAsync("--appendonly", "yes", "--requirepass", Password);
        await redis.FillAsync();

        var backup = await redis.BackUpAsync(_repository);
        var wrong = await redis.DeploymentAsync("wrong");
        var fault = await Assert.ThrowsAsync<LettaDrException>(() => CacheBackupPart.OpenAsync(wrong, CancellationToken.None));

        Assert.Equal(510, backup.Manifest!.Cache!.Keys);
        Assert.Equal("100", await redis.RewritesAsync());
        Assert.Equal("CacheLoginRefused", fault.Id);
        foreach (var path in Directory.EnumerateFiles(_repository.Path, "*", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain(Password, await File.ReadAllTextAsync(path), StringComparison.Ordinal);
        }
    }

    [DockerTheory(TestImages.Redis)]
    [InlineData("CONFIG")]
    [InlineData("BGSAVE")]
    public async Task A_Redis_that_refuses_a_command_is_told_so(string command)
    {
        var redis = await servers.StartAsync("--appendonly", "no", "--rename-command", command, string.Empty);

        var fault = await Assert.ThrowsAsync<LettaDrException>(() => redis.BackUpAsync(_repository));

        Assert.Equal(("CacheCommandRefused", FaultKind.PermissionDenied), (fault.Id, fault.Kind));
        Assert.Empty(_repository.SetFiles());
        await NoScratchAsync();
    }

    [DockerFact(TestImages.Redis)]
    public async Task Without_a_Redis_or_with_one_elsewhere_there_is_an_error()
    {
        var redis = await servers.StartAsync();
        var deployment = await redis.DeploymentAsync();
        var without = await Assert.ThrowsAsync<LettaDrException>(
            () => CacheBackupPart.OpenAsync(deployment with { Cache = null }, CancellationToken.None));
        var elsewhere = await Assert.ThrowsAsync<LettaDrException>(
            () => CacheBackupPart.OpenAsync(deployment with { Cache = deployment.Cache! with { Container = null } }, CancellationToken.None));

        var defined = deployment with { Cache = deployment.Cache! with { Container = deployment.Cache.Container! with { Id = null, State = null } } };
        var missing = await Assert.ThrowsAsync<LettaDrException>(() => RedisCacheTarget.OpenAsync(defined, CancellationToken.None));

        Assert.Equal(("CacheNotFound", "CacheNotInDocker", "CacheContainerMissing"), (without.Id, elsewhere.Id, missing.Id));
    }

    [DockerFact(TestImages.Redis)]
    public async Task Killed_in_the_middle_of_the_copy_it_leaves_neither_a_set_nor_the_setting()
    {
        var redis = await servers.StartAsync("--appendonly", "yes", "--auto-aof-rewrite-percentage", "42", "--requirepass", "test");
        await redis.FillAsync();

        // A rewrite that takes its time: it is waited for with the setting changed.
        await redis.CliAsync("CONFIG", "SET", "rdb-key-save-delay", "40000");
        await redis.CliAsync("BGREWRITEAOF");
        using (var child = await CacheChild.StartAsync(redis, _repository, CacheChild.BackUp, "0"))
        {
            await child.StandsStillAsync();
            Assert.Equal("0", await redis.RewritesAsync());
            child.Kill();
        }

        await Eventually.TrueAsync(async () => await redis.RewritesAsync() == "42");
        await redis.CliAsync("CONFIG", "SET", "rdb-key-save-delay", "0");
        await redis.BackUpAsync(_repository);
        Assert.Equal(1, _repository.SetFiles().Count(path => path.EndsWith(BackupManifest.FileName, StringComparison.Ordinal)));
        await NoScratchAsync();
    }

    /// <summary>No throw-away container of this process is left; other tests have theirs for a while.</summary>
    private Task NoScratchAsync() => Eventually.TrueAsync(async () =>
        (await servers.Engine.ListAsync(all: true, null, CancellationToken.None)).All(found =>
            found.Container.Image != TestImages.Redis || !found.Labels.TryGetValue("lettadr.scratch", out var owner)
            || !owner.StartsWith($"{Environment.ProcessId}@", StringComparison.Ordinal)));

    private async Task<TestRedis> RedisOnAsync(string folder, string appendOnly)
    {
        var id = await servers.RunAsync(new DockerRunRequest
        {
            Image = TestImages.Redis, Command = ["redis-server", "--enable-debug-command", "yes", "--appendonly", appendOnly],
            Volumes = [new ContainerVolume("bind", folder, "/data", ReadOnly: false)],
        });
        var redis = new TestRedis(servers.Engine, id, null);
        await redis.ReadyAsync();
        return redis;
    }

    private static async Task<int> ShellAsync(string folder, string command)
    {
        using var process = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("sh", ["-ec", command]) { WorkingDirectory = folder, UseShellExecute = false })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
