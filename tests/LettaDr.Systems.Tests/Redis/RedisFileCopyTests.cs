using System.Globalization;

namespace LettaDr.Systems.Tests;

[Collection(CacheCollection.Name)]
public sealed class RedisFileCopyTests(RedisServer redis) : IDisposable
{
    private readonly TemporaryFolder _folder = new("redis");

    public void Dispose() => _folder.Dispose();

    [DockerFact(TestImages.Postgres, TestImages.Redis)]
    public async Task Append_only_files_are_copied_whole_while_they_grow_and_the_setting_is_put_back()
    {
        await redis.EmptyAsync();
        await redis.CliAsync("CONFIG", "SET", "auto-aof-rewrite-percentage", "73");
        await redis.CliAsync("DEBUG", "POPULATE", "2000", "session", "500");
        await redis.CliAsync("BGREWRITEAOF");
        using var stop = new CancellationTokenSource();
        var writing = WriteUntilAsync(stop.Token);
        await Eventually.TrueAsync(async () => await CounterAsync() > 100);
        var before = await CounterAsync();

        var copied = await CopyAsync();
        await stop.CancelAsync();
        var after = await writing;

        Assert.True(copied.IsAppendOnly);
        Assert.Equal("73", await SettingAsync());
        Assert.EndsWith(".manifest", copied.Names[^1], StringComparison.Ordinal);
        Assert.Equal(copied.Bytes, copied.Names.Sum(name => new FileInfo(Path.Combine(_folder.Path, name)).Length));
        Assert.Equal("2001", await InCopyAsync("DBSIZE"));
        Assert.InRange(long.Parse(await InCopyAsync("GET", "counter"), CultureInfo.InvariantCulture), before, after);
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis)]
    public async Task A_rewrite_that_goes_on_is_waited_for()
    {
        await redis.EmptyAsync();
        await redis.CliAsync("DEBUG", "POPULATE", "300", "session", "10");
        await redis.CliAsync("CONFIG", "SET", "rdb-key-save-delay", "10000");
        await redis.CliAsync("BGREWRITEAOF");
        var copied = await CopyAsync();
        await redis.CliAsync("CONFIG", "SET", "rdb-key-save-delay", "0");

        Assert.Contains("aof_rewrite_in_progress:0", await redis.CliAsync("INFO", "persistence"), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(Path.Combine(_folder.Path, copied.Names[^1])).Trim(), (await redis.ShellAsync("cat /data/" + copied.Names[^1])).Trim());
        Assert.Equal("300", await InCopyAsync("DBSIZE"));
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis)]
    public async Task Where_the_append_only_file_is_off_a_new_snapshot_is_copied()
    {
        await redis.EmptyAsync();
        await redis.CliAsync("CONFIG", "SET", "appendonly", "no");
        await redis.CliAsync("SAVE");
        await redis.CliAsync("SET", "since-the-last-snapshot", "x");
        var copied = await CopyAsync();
        await redis.CliAsync("CONFIG", "SET", "appendonly", "yes");

        Assert.False(copied.IsAppendOnly);
        Assert.Equal(["dump.rdb"], copied.Names);
        Assert.Equal(new FileInfo(Path.Combine(_folder.Path, "dump.rdb")).Length, copied.Bytes);
        Assert.Equal("x", await InCopyAsync("GET", "since-the-last-snapshot"));
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis)]
    public async Task A_copy_that_fails_puts_the_setting_back()
    {
        await redis.EmptyAsync();
        await redis.CliAsync("CONFIG", "SET", "auto-aof-rewrite-percentage", "42");

        await Assert.ThrowsAsync<IOException>(() => CopyAsync((_, _) => throw new IOException("the disk is full")));

        Assert.Equal("42", await SettingAsync());
    }

    [DockerTheory(TestImages.Postgres, TestImages.Redis)]
    [InlineData(".base.rdb")]
    [InlineData(".incr.aof")]
    public async Task A_rewrite_in_the_middle_is_an_error(string of)
    {
        // More than the pipes in between hold, so that the file is still being read when its target is made.
        await redis.EmptyAsync();
        await redis.CliAsync("CONFIG", "SET", "rdbcompression", "no");
        await redis.CliAsync("EVAL", "return redis.call('set', 'large', string.rep('x', 48000000)) and 1", "0");
        if (of == ".base.rdb")
        {
            await RewriteAsync();
        }

        var fault = await Assert.ThrowsAsync<LettaDrException>(() => CopyAsync((name, size) =>
        {
            if (name.EndsWith(of, StringComparison.Ordinal))
            {
                RewriteAsync().GetAwaiter().GetResult();
            }

            return Create(name, size);
        }));
        await redis.CliAsync("CONFIG", "SET", "rdbcompression", "yes");

        Assert.Equal("CacheRewritten", fault.Id);

        async Task RewriteAsync()
        {
            await redis.CliAsync("BGREWRITEAOF");
            await Eventually.TrueAsync(async () => (await redis.CliAsync("INFO", "persistence")).Contains("aof_rewrite_in_progress:0", StringComparison.Ordinal));
        }
    }

    private async Task<RedisFileSet> CopyAsync(Func<string, long?, Stream>? create = null)
    {
        await using var connection = await RedisConnector.OpenAsync(redis.Endpoint, CancellationToken.None);
        return await new RedisFileCopy(redis.Engine, redis.Container.Id!, connection, redis.Endpoint).CopyAsync(create ?? Create, CancellationToken.None);
    }

    private FileStream Create(string name, long? size)
    {
        var path = Path.Combine(_folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return File.Create(path);
    }

    private async Task<long> WriteUntilAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await redis.PipeAsync(string.Concat(Enumerable.Repeat("INCR counter\n", 200)));
        }

        return await CounterAsync();
    }

    private async Task<long> CounterAsync() =>
        long.TryParse(await redis.CliAsync("GET", "counter"), CultureInfo.InvariantCulture, out var counter) ? counter : 0;

    private async Task<string> SettingAsync() => (await redis.CliAsync("CONFIG", "GET", "auto-aof-rewrite-percentage")).Split('\n')[1].Trim();

    /// <summary>Asks another Redis that has started on the copied files alone.</summary>
    private async Task<string> InCopyAsync(params string[] command)
    {
        var appendOnly = Directory.Exists(Path.Combine(_folder.Path, "appendonlydir")) ? "yes" : "no";
        var id = await redis.RunAsync(new DockerRunRequest
        {
            Image = TestImages.Redis,
            Command = ["redis-server", "--appendonly", appendOnly],
            Volumes = [new ContainerVolume("bind", _folder.Path, "/data", ReadOnly: false)],
        });
        await new SandboxReadiness(redis.Engine).CommandAsync(id, ["redis-cli", "-e", "ping"], CancellationToken.None);
        using var output = new MemoryStream();
        await redis.Engine.ExecAsync(id, ["redis-cli", "-e", .. command], null, null, output, null, CancellationToken.None);
        await redis.Engine.Containers.RemoveAsync(id, volumes: true, CancellationToken.None);
        return System.Text.Encoding.UTF8.GetString(output.ToArray()).Trim();
    }
}
