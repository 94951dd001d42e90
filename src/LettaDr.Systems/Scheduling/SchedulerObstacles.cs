namespace LettaDr.Systems;

/// <summary>What keeps the schedulers of a machine from starting what their files say: in a sentence with its remedy, or null.</summary>
/// <param name="root">The root of the machine's file system.</param>
internal sealed class SchedulerObstacles(string root)
{
    /// <summary>That systemd does not run this machine (sd_booted(3)).</summary>
    public string? OfSystemd() => Directory.Exists(Path.Combine(root, "run/systemd/system")) ? null
        : "systemd does not run this machine, and starts nothing: register the schedule with -Scheduler Cron instead.";

    /// <summary>That systemd ends a user's timers when that user logs out (loginctl(1), enable-linger).</summary>
    public string? OfTimersOf(string user) => File.Exists(Path.Combine(root, "var/lib/systemd/linger", user)) ? null
        : $"Timers of {user} run only while {user} is logged in, for lingering is off: "
            + $"run 'loginctl enable-linger {user}', or register with -System as root.";

    /// <summary>That no daemon reads the files of cron.</summary>
    public string? OfCron()
    {
        var processes = Path.Combine(root, "proc");
        // Where the first process is hidden (hidepid), others are too, and nothing can be said.
        return NameOf(Path.Combine(processes, "1")) is null || Directory.EnumerateDirectories(processes).Any(IsCron) ? null
            : "No daemon of cron runs on this machine, and nothing starts the jobs: "
                + "start it, e.g. by 'service cron start', and have it started at boot.";
    }

    // A container's processes are seen from outside of it too, and its cron starts nothing here.
    private bool IsCron(string process) => NameOf(process) is "cron" or "crond"
        && (NamespaceOf(process) is not { } its || NamespaceOf(Path.Combine(root, "proc/self")) is not { } own || its == own);

    private static string? NameOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "comm")).TrimEnd();
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? NamespaceOf(string process) => new FileInfo(Path.Combine(process, "ns/pid")).LinkTarget;
}
