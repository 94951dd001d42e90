using System.Globalization;
using System.Runtime.InteropServices;

namespace LettaDr.Systems;

/// <summary>Who this process is to the operating system, so that a container's programs write files that are this process's own.</summary>
internal static partial class ProcessUser
{
    /// <summary>User and group by number, as Docker takes them; null on Windows.</summary>
    public static string? Numbers => OperatingSystem.IsWindows()
        ? null : string.Create(CultureInfo.InvariantCulture, $"{EffectiveUser()}:{EffectiveGroup()}");

    /// <summary>The user's number; 0 on Windows.</summary>
    public static int Number => OperatingSystem.IsWindows() ? 0 : (int)EffectiveUser();

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "getegid")]
    private static partial uint EffectiveGroup();
}
