using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>New-Item: makes a file, a folder, or another item.</summary>
[Cmdlet(VerbsCommon.New, "Item", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
public sealed class NewItemCommand : PSCmdlet
{
    /// <summary>Where.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public string[]? Path { get; set; }

    /// <summary>Its name, when the path names only the place.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? Name { get; set; }

    /// <summary>File, Directory, SymbolicLink and the like.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Type")]
    public string? ItemType { get; set; }

    /// <summary>Its content, or the target of a link.</summary>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Target")]
    public object? Value { get; set; }

    /// <summary>Replaces a file; makes folders that are missing; takes a folder that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in Path ?? [SessionState.Path.CurrentLocation.Path])
        {
            try
            {
                WriteObject(InvokeProvider.Item.New([path], Name, ItemType, Value, Force), enumerateCollection: true);
            }
            catch (Exception e) when (FilePaths.IsOfItem(e))
            {
                WriteError(FilePaths.ErrorOf(e, path));
            }
        }
    }
}
