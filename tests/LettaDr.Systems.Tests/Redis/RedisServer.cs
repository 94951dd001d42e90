using System.Text;

namespace LettaDr.Systems.Tests;

/// <summary>One Redis with its append-only file on, for all tests of a collection; each test empties it first.</summary>
public sealed class RedisServer : ContainerFixture
{
    internal DeploymentContainer Container { get; private set; } = null!;

    internal CacheEndpoint Endpoint => new() { Host = Container.Address!, Container = Container };

    /// <summary>What redis-cli prints, without the last line break. Arguments are taken as they are.</summary>
    internal async Task<string> CliAsync(params string[] command)
    {
        using var output = new MemoryStream();
        var result = await Engine.ExecAsync(Container.Id!, ["redis-cli", "-e", .. command], null, null, output, null, CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.StandardError);
        return Encoding.UTF8.GetString(output.ToArray()).TrimEnd('\n');
    }

    /// <summary>Runs commands as redis-cli reads them from a file, one a line.</summary>
    internal async Task PipeAsync(string lines)
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(lines));
        var result = await Engine.ExecAsync(Container.Id!, ["redis-cli", "-e"], null, input, null, null, CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.StandardError);
    }

    /// <summary>Runs a shell script in the container as root; its output.</summary>
    internal async Task<string> ShellAsync(string script)
    {
        using var output = new MemoryStream();
        var result = await Engine.ExecAsync(Container.Id!, ["sh", "-ec", script], null, null, output, "root", CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.StandardError);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    /// <summary>No keys, and the append-only file on, however the last test has ended.</summary>
    internal async Task EmptyAsync()
    {
        await CliAsync("FLUSHALL");
        await CliAsync("CONFIG", "SET", "appendonly", "yes", "auto-aof-rewrite-percentage", "100", "rdb-key-save-delay", "0");
    }

    internal async Task<bool> HasAsync(string key) => await CliAsync("EXISTS", key) == "1";

    /// <summary>How often a command was called since Redis started.</summary>
    internal async Task<long> CallsAsync(string command)
    {
        var line = (await CliAsync("INFO", "commandstats")).Split('\n').FirstOrDefault(line => line.StartsWith($"cmdstat_{command}:", StringComparison.Ordinal));
        return line is null ? 0 : long.Parse(line.Split("calls=")[1].Split(',')[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    protected override async Task StartAsync()
    {
        var id = await RunAsync(new DockerRunRequest
        {
            Image = TestImages.Redis, Command = ["redis-server", "--appendonly", "yes", "--enable-debug-command", "yes", "--enable-protected-configs", "yes"],
        });
        await new SandboxReadiness(Engine).CommandAsync(id, ["redis-cli", "ping"], CancellationToken.None);
        Container = await Engine.InspectAsync(id, CancellationToken.None);
    }
}
