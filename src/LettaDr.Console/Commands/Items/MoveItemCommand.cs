using System.Collections.ObjectModel;
using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>Move-Item: moves files, folders and other items.</summary>
[Cmdlet(VerbsCommon.Move, "Item", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
public sealed class MoveItemCommand : ItemCommand
{
    /// <summary>Where to; the current folder otherwise.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    public string? Destination { get; set; }

    /// <summary>Replaces what is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Sends what was moved.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachPath(path =>
    {
        string destination = Destination ?? SessionState.Path.CurrentLocation.Path;
        Collection<PSObject> moved = InvokeProvider.Item.Move([path], destination, Force, IsLiteral);
        if (PassThru)
        {
            WriteObject(moved, enumerateCollection: true);
        }
    });
}
