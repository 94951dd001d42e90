using System.Diagnostics;

namespace LettaDr.Systems.Tests;

/// <summary>The stack of fixtures/stack, brought up by Docker Compose itself under a project name of its own.</summary>
public sealed class ComposeStack : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new("LettaDr.Test-" + Guid.NewGuid().ToString("N")[..8]);

    internal string Folder => _folder.Path;

    internal string Project => ComposeProjectName.Normalize(Path.GetFileName(Folder));

    internal LettaDeployment Deployment { get; private set; } = null!;

    internal static bool IsInstalled { get; } = Run("docker-compose", ["version"], ".", out _);

    public async Task InitializeAsync()
    {
        if (!IsInstalled)
        {
            return;
        }

        foreach (var file in Directory.GetFiles(ComposeFixture.Folder("stack")))
        {
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
        }

        Compose("up", "-d");
        var limit = DateTime.UtcNow.AddMinutes(3);
        do
        {
            await Task.Delay(500);
            Deployment = await new DeploymentDiscovery(Folder, Nothing).FromPathAsync(".", CancellationToken.None);
        }
        while (!await IsReadyAsync() && DateTime.UtcNow < limit);
    }

    public Task DisposeAsync()
    {
        if (IsInstalled)
        {
            Compose("down", "--volumes", "--timeout", "1");
        }

        _folder.Dispose();
        return Task.CompletedTask;
    }

    internal static Dictionary<string, string> Nothing { get; } = [];

    internal void Compose(params string[] arguments) => Assert.True(Run("docker-compose", arguments, Folder, out var output), output);

    internal static async Task<List<CheckResult>> CheckAsync(LettaDeployment deployment)
    {
        var results = new List<CheckResult>();
        await foreach (var result in new DeploymentProbe().CheckAsync(deployment, CancellationToken.None))
        {
            results.Add(result);
        }

        return results;
    }

    private async Task<bool> IsReadyAsync() =>
        (await CheckAsync(Deployment)).TrueForAll(result => result.Outcome == Outcome.Passed);

    internal static bool Run(string program, string[] arguments, string folder, out string output)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("LETTA_", StringComparison.Ordinal) || name.StartsWith("COMPOSE_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            output = process.StandardOutput.ReadToEnd() + error.GetAwaiter().GetResult();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            output = exception.Message;
            return false;
        }
    }
}
