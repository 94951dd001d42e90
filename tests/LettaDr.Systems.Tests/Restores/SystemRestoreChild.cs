using System.Diagnostics;

namespace LettaDr.Systems.Tests;

/// <summary>A system's restore in a process of its own, which ends itself by SIGKILL when a step's work is done, before the journal says so.</summary>
internal static class SystemRestoreChild
{
    private const string Verb = "restore-system";

    /// <summary>Runs it to its end and gives its exit code.</summary>
    public static async Task<int> RunAsync(string repository, string backup, string destination, string journals, RestoreStepKind step)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath!, ["exec", typeof(SystemRestoreChild).Assembly.Location, Verb, repository, backup, destination, journals, step.ToString()])
        {
            RedirectStandardOutput = true, UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(output.Length == 0, output);
        return process.ExitCode;
    }

    /// <summary>The other side; null for arguments that are not its own.</summary>
    public static async Task<int?> RunAsync(string[] arguments)
    {
        if (arguments is not [Verb, var folder, var id, var destination, var journals, var step])
        {
            return null;
        }

        var repository = new DirectoryRepository(folder);
        var backup = new BackupCatalog(repository).Resolve(id, null);
        await SystemRun.RestoreAsync(
            SystemRun.Options(repository, new JournalDirectory(journals)), new DeploymentDiscovery(destination, ComposeStack.Nothing), backup, destination,
            wrap: target => new Dying(target, Enum.Parse<RestoreStepKind>(step)));
        return 0;
    }

    private sealed class Dying(ISystemTarget target, RestoreStepKind last) : ISystemTarget
    {
        public async Task<string?> RunAsync(RestoreStepKind step, SystemRestoreRun run, CancellationToken cancellationToken)
        {
            var detail = await target.RunAsync(step, run, cancellationToken);
            if (step == last)
            {
                Process.GetCurrentProcess().Kill();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return detail;
        }
    }
}
