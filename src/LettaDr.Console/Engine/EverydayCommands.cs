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
    /// <summary>The commands: name, the module of PowerShell that has it, class.</summary>
    public static IReadOnlyList<(string Name, string Module, Type Type)> All { get; } =
    [
        .. from type in typeof(EverydayCommands).Assembly.GetTypes()
           where type is { IsPublic: true, IsAbstract: false } && type.IsSubclassOf(typeof(Cmdlet))
           let cmdlet = type.GetCustomAttribute<CmdletAttribute>()!
           orderby cmdlet.VerbName, cmdlet.NounName
           select ($"{cmdlet.VerbName}-{cmdlet.NounName}", ModuleOf(cmdlet.NounName), type),
    ];

    /// <summary>Entries for a runspace.</summary>
    public static IEnumerable<SessionStateCmdletEntry> Entries()
    {
        foreach ((string name, string module, Type type) in All)
        {
            var entry = new SessionStateCmdletEntry(name, type, helpFileName: null);
            EngineInternals.SetModule(entry, module);
            yield return entry;
        }
    }

    private static string ModuleOf(string noun) => "Microsoft.PowerShell." + noun switch
    {
        "Item" or "ChildItem" or "Content" or "Location" or "Path" or "PSDrive" => "Management",
        "Credential" or "SecureString" => "Security",
        _ => "Utility",
    };
}
