using System.Text;

namespace LettaDr.Systems.Tests;

/// <summary>A Redis of one test.</summary>
internal sealed class TestRedis(DockerEngine engine, string id, string? password)
{
    public const string AppendOnly = "/data/appendonlydir/appendonly.aof.1.incr.aof";

    public string Id => id;

    public DockerEngine Engine => engine;

    public Task ReadyAsync() => new SandboxReadiness(engine).CommandAsync(
        id, ["sh", "-c", $"REDISCLI_AUTH={password} redis-cli -e info persistence | grep -q ^loading:0"], CancellationToken.None);

    /// <summary>The deployment that it is the cache of, with no more than is needed here.</summary>
    public async Task<LettaDeployment> DeploymentAsync(string? otherPassword = null)
    {
        var container = await engine.InspectAsync(id, CancellationToken.None);
        var secret = otherPassword ?? password;
        return new LettaDeployment
        {
            Name = "cache-" + id[..12],
            Database = new DatabaseEndpoint { Host = "127.0.0.1", Port = 1, Database = "letta", UserName = "letta", Password = new Secret("x") },
            Cache = new CacheEndpoint { Host = container.Address ?? container.Name, Container = container, Password = secret is null ? null : new Secret(secret) },
        };
    }

    /// <summary>What redis-cli prints.</summary>
    public async Task<string> CliAsync(params string[] command)
    {
        using var output = new MemoryStream();
        var environment = new Dictionary<string, string> { ["REDISCLI_AUTH"] = password ?? string.Empty };
        var result = await engine.ExecAsync(id, ["redis-cli", "-e", .. command], environment, null, output, null, CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.StandardError + Encoding.UTF8.GetString(output.ToArray()));
        return Encoding.UTF8.GetString(output.ToArray()).Trim();
    }

    /// <summary>Runs a shell script as root; its output.</summary>
    public async Task<string> ShellAsync(string script)
    {
        using var output = new MemoryStream();
        var result = await engine.ExecAsync(id, ["sh", "-ec", script], null, null, output, "root", CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.StandardError);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    /// <summary>Keys of every type that Letta and others use: two databases, big values, streams with and without an expiry, bytes that are no text.</summary>
    public async Task FillAsync()
    {
        await PipeAsync($"""
            SET letta_cache:actor_id:user-1 x EX 6000
            SET lasting "\xff\x00\x01"
            SETRANGE big 9000000 end
            XADD sse:run:run-1 * data one
            XADD sse:run:run-1 * data two
            EXPIRE sse:run:run-1 10800
            XADD sse:run:run-2 * data {new string('y', 3000)}
            HSET hash a 1 b 2
            SADD set one two three
            ZADD sorted 1 one 2 two
            RPUSH list a b c
            EVAL "for i = 1, 500 do redis.call('SET', 'session:' .. i, string.rep('v', 300)) end" 0
            SELECT 1
            SET other-database x

            """);
    }

    public async Task PipeAsync(string lines)
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(lines));
        var environment = new Dictionary<string, string> { ["REDISCLI_AUTH"] = password ?? string.Empty };
        var result = await engine.ExecAsync(id, ["redis-cli", "-e"], environment, input, null, null, CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.StandardError);
    }

    /// <summary>A digest of all keys and values of all databases, and how many of the keys there are in each.</summary>
    public async Task<string> StateAsync()
    {
        var keyspace = string.Join(' ', (await CliAsync("INFO", "keyspace")).Split('\n').Skip(1).Select(line => line.Split(",expires")[0].Trim()));
        return $"{await CliAsync("DEBUG", "DIGEST")} {keyspace}";
    }

    /// <summary>Changes with each start.</summary>
    public async Task<string> RunIdAsync() => (await CliAsync("INFO", "server")).Split('\n').Single(line => line.StartsWith("run_id:", StringComparison.Ordinal)).Trim();

    public async Task<string> InfoAsync(string section, string field) =>
        RedisLoad.Field(await CliAsync("INFO", section), field);

    public Task<string> RewritesAsync() => SettingAsync("auto-aof-rewrite-percentage");

    public async Task<string> SettingAsync(string name) => (await CliAsync("CONFIG", "GET", name)).Split('\n')[^1].Trim();

    public async Task RestartAsync()
    {
        await engine.Containers.StopAsync(id, null, CancellationToken.None);
        await engine.Containers.StartAsync(id, CancellationToken.None);
        await ReadyAsync();
    }

    /// <summary>Backs it up as the cmdlet does.</summary>
    public async Task<Backup> BackUpAsync(TemporaryRepository repository, IOperationObserver? observer = null)
    {
        var deployment = await DeploymentAsync();
        await using var part = await CacheBackupPart.OpenAsync(deployment, CancellationToken.None);
        return await new BackupMaking(repository.Directory, observer ?? new CollectingObserver(), repository.Journals)
            .RunAsync(new SetRequest(deployment, null), [part], CancellationToken.None);
    }

    /// <summary>Restores as the cmdlet does, without the comparison with a database.</summary>
    public async Task<CacheRestoreResult> RestoreAsync(
        TemporaryRepository repository, Backup backup, Func<CacheRestoreRequest, CacheRestoreRequest>? change = null, IOperationObserver? observer = null)
    {
        var deployment = await DeploymentAsync();
        var request = new CacheRestoreRequest { Deployment = deployment, Backup = backup, AllowOtherDeployment = true };
        await using var target = await RedisCacheTarget.OpenAsync(deployment, CancellationToken.None);
        return await new CacheRestore(repository.Directory, target, observer ?? new CollectingObserver(), repository.Journals)
            .RunAsync(change is null ? request : change(request), OperationId.Next(), CancellationToken.None);
    }
}
