using System.Runtime.InteropServices;

namespace LettaDr.Systems;

/// <summary>
/// Asks Linux to run the threads that stream rows as batch work (SCHED_BATCH of sched(7)). The server hands rows over in pieces of
/// 8 KiB, and each would otherwise interrupt the server's own process on the same machine to wake us: three quarters of the
/// processor time that reading took. Batch threads wait their turn and then find many pieces at once.
/// </summary>
internal static partial class BatchScheduling
{
    private const int SchedBatch = 3;

    // The runtime's thread that waits for all sockets; another name, and nothing is gained or lost.
    private const string SocketThreadName = ".NET Sockets";

    /// <summary>Makes a process of our own batch work: its first thread, which calls this, and so all that it starts.</summary>
    public static void EnterOwnProcess()
    {
        if (OperatingSystem.IsLinux())
        {
            var noPriority = 0;
            _ = SetScheduler(0, SchedBatch, in noPriority);
        }
    }

    /// <summary>Makes the calling thread, which must be the caller's own, and the runtime's socket threads batch work.</summary>
    public static void EnterOwnThread()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // Refused (a container's seccomp profile), the work is only slower.
        var noPriority = 0;
        _ = SetScheduler(0, SchedBatch, in noPriority);
        foreach (var thread in Directory.EnumerateDirectories("/proc/self/task"))
        {
            if (NameOf(thread).StartsWith(SocketThreadName, StringComparison.Ordinal)
                && int.TryParse(Path.GetFileName(thread), out var id))
            {
                _ = SetScheduler(id, SchedBatch, in noPriority);
            }
        }
    }

    private static string NameOf(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "comm"));
        }
        catch (IOException)
        {
            // The thread ended meanwhile.
            return string.Empty;
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_setscheduler")]
    private static partial int SetScheduler(int thread, int policy, in int priority);
}
