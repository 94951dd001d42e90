using System.Diagnostics;
using System.Globalization;

namespace LettaDr.Systems;

/// <summary>Says on everything that a recovery test makes which process made it, so that the next one removes what a dead one left.</summary>
internal static class DrTestOwner
{
    /// <summary>The label that everything of a recovery test bears: its process.</summary>
    public const string Label = "lettadr.drill";

    /// <summary>The label that tells which test it was.</summary>
    public const string IdLabel = "lettadr.drill.id";

    /// <summary>The labels for a test of this process.</summary>
    public static IReadOnlyDictionary<string, string> Labels(string testId)
    {
        using var own = Process.GetCurrentProcess();
        return new Dictionary<string, string> { [Label] = Owner(own.Id, own.StartTime), [IdLabel] = testId };
    }

    /// <summary>A process in a word. Its start tells it from a later one with its number.</summary>
    public static string Owner(int processId, DateTime startTime) =>
        string.Create(CultureInfo.InvariantCulture, $"{processId}@{Environment.MachineName}@{new DateTimeOffset(startTime).ToUnixTimeSeconds()}");

    /// <summary>Whether a process of this machine has died; one of another machine is none of ours.</summary>
    public static bool IsDead(string owner)
    {
        if (owner.Split('@') is not [var number, var machine, var start] || machine != Environment.MachineName
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || !long.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(id);
            // A second of rounding: the kernel counts in ticks since its own start.
            return process.HasExited || Math.Abs(new DateTimeOffset(process.StartTime).ToUnixTimeSeconds() - seconds) > 2;
        }
        catch (ArgumentException)
        {
            return true;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }
}
