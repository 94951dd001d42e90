using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>Add-Content: adds lines to a file, or to what another item holds.</summary>
[Cmdlet(VerbsCommon.Add, "Content", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class AddContentCommand : WriteContentCommand
{
    /// <inheritdoc/>
    private protected override bool Appends => true;
}
