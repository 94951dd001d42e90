using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>Pop-Location: goes back to the folder remembered last.</summary>
[Cmdlet(VerbsCommon.Pop, "Location")]
public sealed class PopLocationCommand : PSCmdlet
{
    /// <summary>Name of the stack of folders.</summary>
    [Parameter]
    public string StackName { get; set; } = string.Empty;

    /// <inheritdoc/>
    protected override void ProcessRecord() => SessionState.Path.PopLocation(StackName);
}
