using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace LettaDr.Console.Commands;

/// <summary>Format-List: shows objects as a list. All but the command itself is in the engine.</summary>
[Cmdlet(VerbsCommon.Format, "List")]
public sealed class FormatListCommand : OuterFormatTableAndListBase
{
    /// <summary>Makes the command.</summary>
    public FormatListCommand()
    {
        EngineInternals.SetFormatShape(this, "List");
    }
}
