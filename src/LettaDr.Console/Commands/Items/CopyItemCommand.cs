using System.Collections.ObjectModel;
using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>Copy-Item: copies files, folders and other items.</summary>
[Cmdlet(VerbsCommon.Copy, "Item", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
public sealed class CopyItemCommand : ItemCommand
{
    /// <summary>Where to; the current folder otherwise.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    public string? Destination { get; set; }

    /// <summary>Keeps the folders that items lie in when several are copied.</summary>
    [Parameter]
    public SwitchParameter Container { get; set; } = true;

    /// <summary>With all that is in a folder.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Replaces read-only items.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Sends what was made.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachPath(path =>
    {
        CopyContainers containers = Container ? CopyContainers.CopyTargetContainer : CopyContainers.CopyChildrenOfTargetContainer;
        string destination = Destination ?? SessionState.Path.CurrentLocation.Path;
        Collection<PSObject> made =
            InvokeProvider.Item.Copy([path], destination, Recurse, containers, Force, IsLiteral);
        if (PassThru)
        {
            WriteObject(made, enumerateCollection: true);
        }
    });
}
