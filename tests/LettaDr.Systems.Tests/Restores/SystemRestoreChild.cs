using System.Diagnostics;

namespace LettaDr.Systems.Tests;

/// <summary>A system's restore in a process of its own, which ends itself by SIGKILL when a step's work is done, before the journal says so.</summary>
internal static class SystemRestoreChild
{
    private const string Verb = "restore-system";

    /// <summary>Runs it to its end and gives its exit code and what it said.</summary>
    /// <param name="repository">The repository's path.</param>
    /// <param name="backup">The set's id.</param>
    /// <param name="destination">The folder to restore to.</param>
    /// <param name="journals">Where journals go.</param>
    /// <param name="step">The step after which it is killed.</param>
    /// <param name="searchPath">Another PATH; null keeps this process's.</param>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string repository, string backup, string destination, string journals, RestoreStepKind step, string? searchPath = null)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath!, ["exec", typeof(SystemRestoreChild).Assembly.Location, Verb, repository, backup, destination, journals, step.ToString()])
        {
            RedirectStandardOutput = true, UseShellExecute = false,
        };
        if (searchPath is not null)
        {
            start.Environment["PATH"] = searchPath;
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
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
