using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>Rename-Item: gives an item another name where it is.</summary>
[Cmdlet(VerbsCommon.Rename, "Item", DefaultParameterSetName = "ByPath", SupportsShouldProcess = true)]
public sealed class RenameItemCommand : PSCmdlet
{
    /// <summary>The item.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = "ByPath",
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    public string Path { get; set; } = string.Empty;

    /// <summary>The item, its path without wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "ByLiteralPath", ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string LiteralPath { get; set; } = string.Empty;

    /// <summary>The new name.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    public string NewName { get; set; } = string.Empty;

    /// <summary>Hidden and read-only items too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Sends the item under its new name.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string path = LiteralPath.Length > 0 ? WildcardPattern.Escape(LiteralPath) : Path;
        try
        {
            var renamed = InvokeProvider.Item.Rename(path, NewName, Force);
            if (PassThru)
            {
                WriteObject(renamed, enumerateCollection: true);
            }
        }
        catch (Exception e) when (FilePaths.IsOfItem(e))
        {
            WriteError(FilePaths.ErrorOf(e, path));
        }
    }
}
