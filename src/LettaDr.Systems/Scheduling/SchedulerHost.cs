using System.ComponentModel;
using System.Diagnostics;

namespace LettaDr.Systems;

/// <summary>The scheduler of a machine: which one it is, where its files are, and how it is told of them.</summary>
/// <param name="Scheduler">Which one.</param>
/// <param name="System">Whether for the whole machine.</param>
/// <param name="Folder">Where its files are.</param>
/// <param name="IsLive">Whether the scheduler is told; not so for a folder of the user's choice.</param>
internal sealed record SchedulerHost(DrScheduler Scheduler, bool System, string Folder, bool IsLive)
{
    /// <summary>Tells what keeps the scheduler from its work.</summary>
    public SchedulerObstacles Obstacles { get; init; } = new("/");

    /// <summary>Runs a program of the scheduler.</summary>
    public Func<string, IReadOnlyList<string>, CancellationToken, Task> RunAsync { get; init; } = RunProgramAsync;

    /// <summary>Chooses.</summary>
    /// <param name="wanted">What the user wants; null to choose what this machine has.</param>
    /// <param name="system">Whether it is for the whole machine.</param>
    /// <param name="folder">A folder of the user's choice; null for the scheduler's own.</param>
    /// <param name="printed">Whether the files are only shown, so that the scheduler may be another machine's.</param>
    /// <exception cref="LettaDrException">This machine has none, or not the one wanted.</exception>
    public static SchedulerHost Choose(DrScheduler? wanted, bool system, string? folder, bool printed)
    {
        var scheduler = wanted ?? (OperatingSystem.IsWindows() ? DrScheduler.TaskScheduler : HasSystemd ? DrScheduler.Systemd : HasCron ? DrScheduler.Cron
            : throw new LettaDrException(
                "SchedulerNotFound", FaultKind.NotInstalled, "Neither systemd nor cron runs jobs on this machine.",
                "Install cron, or give -Scheduler with -Print and hand the files to another scheduler."));
        var own = folder is null && !printed;
        return own && !(scheduler switch { DrScheduler.Systemd => HasSystemd, DrScheduler.Cron => HasCron, _ => OperatingSystem.IsWindows() })
            ? throw new LettaDrException(
                "SchedulerNotFound", FaultKind.NotInstalled, $"{scheduler} does not run jobs on this machine.",
                "Choose another -Scheduler, or give -Print.", scheduler)
            : new SchedulerHost(scheduler, system || scheduler != DrScheduler.Systemd, folder ?? FolderOf(scheduler, system), own);
    }

    /// <summary>The hosts whose files may lie on this machine.</summary>
    public static IReadOnlyList<SchedulerHost> All(string? folder) => folder is not null
        ? [.. Enum.GetValues<DrScheduler>().Select(scheduler => new SchedulerHost(scheduler, false, folder, false))]
        : OperatingSystem.IsWindows()
            ? [new(DrScheduler.TaskScheduler, true, FolderOf(DrScheduler.TaskScheduler, true), true)]
            : [new(DrScheduler.Systemd, true, FolderOf(DrScheduler.Systemd, true), true), new(DrScheduler.Systemd, false, FolderOf(DrScheduler.Systemd, false), true),
                new(DrScheduler.Cron, true, FolderOf(DrScheduler.Cron, true), true)];

    private static bool HasSystemd => new SchedulerObstacles("/").OfSystemd() is null;

    private static bool HasCron => Directory.Exists("/etc/cron.d") && new[] { "/usr/sbin/cron", "/usr/sbin/crond", "/sbin/crond" }.Any(File.Exists);

    /// <summary>The files of a request.</summary>
    public IReadOnlyList<DrScheduleFile> FilesOf(ScheduleRequest request) => Scheduler switch
    {
        DrScheduler.Systemd => SystemdUnits.Of(request),
        DrScheduler.Cron => [CronFile.Of(request)],
        _ => TaskDefinition.Of(request),
    };

    /// <summary>Has the scheduler start what files say, once they are written.</summary>
    public Task StartAsync(IReadOnlyList<string> files, CancellationToken cancellationToken) => !IsLive ? Task.CompletedTask : Scheduler switch
    {
        DrScheduler.Systemd => SystemctlAsync(["enable", "--now", .. Timers(files)], reload: true, cancellationToken),
        DrScheduler.TaskScheduler => EachTaskAsync(files, (name, path) => ["/Create", "/F", "/TN", name, "/XML", path], cancellationToken),
        _ => Task.CompletedTask,
    };

    /// <summary>Has the scheduler forget what files say, before they are removed.</summary>
    public Task StopAsync(IReadOnlyList<string> files, CancellationToken cancellationToken) => !IsLive ? Task.CompletedTask
        : Scheduler switch
        {
            DrScheduler.Systemd when Timers(files).Any() =>
                SystemctlAsync(["disable", "--now", .. Timers(files)], reload: false, cancellationToken),
            DrScheduler.TaskScheduler => EachTaskAsync(files, (name, _) => ["/Delete", "/F", "/TN", name], cancellationToken),
            _ => Task.CompletedTask,
        };

    /// <summary>Whether the scheduler starts what a file says; null where it cannot be asked.</summary>
    public bool? IsEnabled(string file) => !IsLive ? null : Scheduler switch
    {
        DrScheduler.Cron => Obstacles.OfCron() is null,
        DrScheduler.Systemd => Obstacles.OfSystemd() is null
            && File.Exists(Path.Combine(Folder, "timers.target.wants", Path.GetFileName(file))),
        _ => null,
    };

    /// <summary>What keeps the scheduler from starting what a file says, and the remedy; null where nothing is known to.</summary>
    public string? ProblemOf(string file) => !IsLive ? null : Scheduler switch
    {
        DrScheduler.Cron => Obstacles.OfCron(),
        DrScheduler.Systemd => Obstacles.OfSystemd() ?? (IsEnabled(file) == false
            ? $"The timer {Path.GetFileName(file)} is not enabled: run the same Register-LettaDrSchedule again."
            : System ? null : Obstacles.OfTimersOf(Environment.UserName)),
        _ => null,
    };

    private static string FolderOf(DrScheduler scheduler, bool system) => scheduler switch
    {
        DrScheduler.Cron => "/etc/cron.d",
        DrScheduler.TaskScheduler => LocalState.Folder("tasks"),
        _ => system ? "/etc/systemd/system" : Path.Combine(
            Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } configuration ? configuration
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config"),
            "systemd", "user"),
    };

    private static IEnumerable<string> Timers(IEnumerable<string> files) =>
        files.Where(file => file.EndsWith(".timer", StringComparison.Ordinal)).Select(file => Path.GetFileName(file)!);

    private async Task SystemctlAsync(IReadOnlyList<string> arguments, bool reload, CancellationToken cancellationToken)
    {
        string[] scope = System ? [] : ["--user"];
        if (reload)
        {
            await RunAsync("systemctl", [.. scope, "daemon-reload"], cancellationToken).ConfigureAwait(false);
        }

        await RunAsync("systemctl", [.. scope, .. arguments], cancellationToken).ConfigureAwait(false);
    }

    private async Task EachTaskAsync(
        IReadOnlyList<string> files, Func<string, string, IReadOnlyList<string>> arguments, CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            await RunAsync("schtasks", arguments($"LettaDr\\{Path.GetFileNameWithoutExtension(file)}", file), cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task RunProgramAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = await process.StandardError.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            await output.ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            if (process.ExitCode != 0)
            {
                throw Refused($"said: {AlertText.Short(AlertText.OneLine(error), 300)}");
            }
        }
        catch (Win32Exception missing)
        {
            throw Refused("cannot be started", missing);
        }

        LettaDrException Refused(string why, Exception? cause = null) => new(
            "SchedulerRefused", FaultKind.OperationFailed, $"'{program} {string.Join(' ', arguments)}' {why}.",
            "Put that right and run the same command again.", program, cause);
    }
}
