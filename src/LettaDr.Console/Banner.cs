using System.Management.Automation;
using System.Reflection;

namespace LettaDr.Console;

/// <summary>What the console is, for -Version and the greeting.</summary>
internal static class Banner
{
    /// <summary>Version of the console.</summary>
    public static Version ConsoleVersion { get; } = typeof(Banner).Assembly.GetName().Version!;

    /// <summary>The console's version with the engine's.</summary>
    public static string Version { get; } = $"LettaDr Console {ConsoleVersion.ToString(3)} (PowerShell {EngineVersion})";

    private static string EngineVersion =>
        typeof(PSObject).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+', ' ')[0];
}
