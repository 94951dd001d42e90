using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace LettaDr.Systems;

/// <summary>A process in a word, by which what it made is known for its own, and later for that of a dead one.</summary>
internal static class ProcessOwner
{
    // One that has died stays listed until its parent has taken notice.
    private const string Ended = "ended";

    /// <summary>This process.</summary>
    public static string Own { get; } = Of(Environment.ProcessId);

    /// <summary>A process of this machine that runs.</summary>
    public static string Of(int processId) => Of(processId, StartOf(processId) ?? "0");

    /// <summary>A process of this machine. Its start tells it from a later one with its number.</summary>
    public static string Of(int processId, string start) =>
        string.Create(CultureInfo.InvariantCulture, $"{processId}@{ProcessScope.Name}@{start}");

    /// <summary>Whether a process of this machine has died; one of another machine is none of ours.</summary>
    public static bool IsDead(string owner)
    {
        if (owner.Split('@') is not [var number, var machine, .. var rest] || machine != ProcessScope.Name
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return false;
        }

        // Earlier versions wrote no start, or none that can be compared.
        return rest is [var start] && start.Contains('.', StringComparison.Ordinal) && StartOf(id) is { } running
            ? running != start : !IsAlive(id);
    }

    /// <summary>Whether a process of this machine still runs.</summary>
    public static bool IsAlive(int processId)
    {
        try
        {
            using var alive = Process.GetProcessById(processId);
            return !alive.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>When a process began, by no clock that can be set; null where it cannot be seen.</summary>
    private static string? StartOf(int processId)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                // proc_pid_stat(5): the 3rd field is the state, the 22nd the start in ticks since the boot. The 2nd is in parentheses,
                // and may hold anything.
                var stat = File.ReadAllText($"/proc/{processId}/stat");
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                var boot = File.ReadAllText("/proc/sys/kernel/random/boot_id");
                return fields[0] is "Z" or "X" ? Ended : $"{fields[19]}.{boot[..8]}";
            }

            using var process = Process.GetProcessById(processId);
            return string.Create(CultureInfo.InvariantCulture, $"{new DateTimeOffset(process.StartTime).ToUnixTimeSeconds()}.0");
        }
        catch (Exception unseen) when (unseen is IOException or UnauthorizedAccessException or ArgumentException
            or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }
}
