using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace LettaDr.Console.Commands;

/// <summary>Format-Table: shows objects as a table. All of it is the engine's; only the command itself is not in its package.</summary>
[Cmdlet(VerbsCommon.Format, "Table")]
public sealed class FormatTableCommand : OuterFormatTableBase
{
    /// <summary>Makes the command.</summary>
    public FormatTableCommand()
    {
        EngineInternals.SetFormatShape(this, "Table");
    }
}
