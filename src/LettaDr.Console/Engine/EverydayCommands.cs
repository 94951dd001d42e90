using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace LettaDr.Console;

/// <summary>
/// The commands of this executable. In PowerShell they come with its modules Microsoft.PowerShell.Utility, .Management and
/// .Security, which cannot be had as packages; those needed every day are made here, for the parameters that they have
/// here like the originals.
/// </summary>
internal static class EverydayCommands
{
    /// <summary>The command classes with their names.</summary>
    public static IEnumerable<(string Name, Type Type)> All { get; } =
    [
        .. from type in typeof(EverydayCommands).Assembly.GetTypes()
           where type is { IsPublic: true, IsAbstract: false } && type.IsSubclassOf(typeof(Cmdlet))
           let cmdlet = type.GetCustomAttribute<CmdletAttribute>()!
           orderby cmdlet.VerbName, cmdlet.NounName
           select ($"{cmdlet.VerbName}-{cmdlet.NounName}", type),
    ];

    /// <summary>Entries for a session.</summary>
    public static IEnumerable<SessionStateCmdletEntry> Entries() =>
        All.Select(command => {
            var e = new SessionStateCmdletEntry(command.Name, command.Type, helpFileName: null);
            EngineInternals.SetModule(e, "Microsoft.PowerShell.Utility"); return e; });
}
