using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>Set-Content: writes the lines of a file, or what another item holds.</summary>
[Cmdlet(VerbsCommon.Set, "Content", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class SetContentCommand : WriteContentCommand
{
    /// <inheritdoc/>
    private protected override bool Appends => false;
}
