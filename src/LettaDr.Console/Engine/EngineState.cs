using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace LettaDr.Console;

/// <summary>What a runspace of the console begins with.</summary>
internal static class EngineState
{
    /// <summary>The engine's own commands, the everyday ones of this executable, and the console's view of errors.</summary>
    public static InitialSessionState Create()
    {
        var state = InitialSessionState.CreateDefault2();
        foreach (SessionStateCmdletEntry command in EverydayCommands.Entries())
        {
            state.Commands.Add(command);
        }

        SessionStateFormatEntry[] formats = [.. state.Formats];
        state.Formats.Clear();
        state.Formats.Add(new SessionStateFormatEntry(ErrorFormat()));
        state.Formats.Add(formats);
        return state;
    }

    // The engine's own view runs script that needs commands of modules which are not here, and knows no recommended action.
    private static ExtendedTypeDefinition ErrorFormat() => new(
        typeof(ErrorRecord).FullName!,
        [
            new FormatViewDefinition(
                "LettaDr.Console.Error",
                CustomControl.Create(outOfBand: true)
                    .StartEntry()
                    .AddScriptBlockExpressionBinding($"[{typeof(ErrorView).FullName}]::Text($_)")
                    .EndEntry()
                    .EndControl()),
        ]);
}
