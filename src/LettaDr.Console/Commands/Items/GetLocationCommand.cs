using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>Get-Location: gives the current folder.</summary>
[Cmdlet(VerbsCommon.Get, "Location")]
public sealed class GetLocationCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(SessionState.Path.CurrentLocation);
}
