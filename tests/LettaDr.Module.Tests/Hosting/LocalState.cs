using System.Runtime.CompilerServices;

namespace LettaDr.Module.Tests;

/// <summary>Keeps the journals of tests out of the user's own state folder.</summary>
internal static class LocalState
{
    public static string Folder { get; } = Directory.CreateTempSubdirectory("lettadr-state-").FullName;

    public static IEnumerable<string> Journals() => Directory.Exists(Folder)
        ? Directory.EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories)
        : [];

    [ModuleInitializer]
    internal static void Redirect()
    {
        Environment.SetEnvironmentVariable("XDG_STATE_HOME", Folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Folder, recursive: true);
    }
}
