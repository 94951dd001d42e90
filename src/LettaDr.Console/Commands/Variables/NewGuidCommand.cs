using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>New-Guid: makes a random GUID.</summary>
[Cmdlet(VerbsCommon.New, "Guid")]
public sealed class NewGuidCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing() => WriteObject(Guid.NewGuid());
}
