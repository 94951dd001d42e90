using System.Runtime.CompilerServices;

namespace LettaDr.Systems.Tests;

/// <summary>Keeps what tests record out of the user's own state; a child (<see cref="ChildProgram"/>) has its parent's.</summary>
internal static class TestState
{
    private const string Inherited = "LETTADR_TEST_STATE";

    [ModuleInitializer]
    internal static void Redirect()
    {
        if (Environment.GetEnvironmentVariable(Inherited) is not null)
        {
            return;
        }

        var folder = Directory.CreateTempSubdirectory("lettadr-state-").FullName;
        Environment.SetEnvironmentVariable("XDG_STATE_HOME", folder);
        Environment.SetEnvironmentVariable(Inherited, folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
    }
}
