using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace LettaDr.Console.Commands;

/// <summary>Format-List: shows objects as a list. All of it is the engine's; only the command itself is not in its package.</summary>
[Cmdlet(VerbsCommon.Format, "List")]
public sealed class FormatListCommand : OuterFormatTableAndListBase
{
    /// <summary>Makes the command.</summary>
    public FormatListCommand()
    {
        EngineInternals.SetFormatShape(this, "List");
    }
}
