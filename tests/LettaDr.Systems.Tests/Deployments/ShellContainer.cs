namespace LettaDr.Systems.Tests;

/// <summary>A container that only sleeps, to run programs in.</summary>
public sealed class ShellContainer : ContainerFixture
{
    internal string Id { get; private set; } = string.Empty;

    internal async Task<string> ReadAsync(params string[] command)
    {
        using var output = new MemoryStream();
        var result = await Engine.ExecAsync(Id, command, null, null, output, null, CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.StandardError);
        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }

    protected override async Task StartAsync() => Id = await RunAsync(new DockerRunRequest
    {
        Image = TestImages.Redis,
        Entrypoint = ["sleep"],
        Command = ["86400"],
    });
}
