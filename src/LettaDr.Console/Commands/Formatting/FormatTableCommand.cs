using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace LettaDr.Console.Commands;

/// <summary>Format-Table: shows objects as a table. All but the command itself is in the engine.</summary>
[Cmdlet(VerbsCommon.Format, "Table")]
public sealed class FormatTableCommand : OuterFormatTableBase
{
    /// <summary>Makes the command.</summary>
    public FormatTableCommand()
    {
        EngineInternals.SetFormatShape(this, "Table");
    }
}
