using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>Push-Location: remembers the current folder, and goes to another.</summary>
[Cmdlet(VerbsCommon.Push, "Location")]
public sealed class PushLocationCommand : PSCmdlet
{
    /// <summary>Where to; nowhere otherwise.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath")]
    public string? Path { get; set; }

    /// <summary>Name of the stack of folders.</summary>
    [Parameter]
    public string StackName { get; set; } = string.Empty;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        SessionState.Path.PushCurrentLocation(StackName);
        if (Path is null)
        {
            return;
        }

        try
        {
            SessionState.Path.SetLocation(Path);
        }
        catch (Exception e) when (e is RuntimeException or ArgumentException)
        {
            SessionState.Path.PopLocation(StackName);
            WriteError(FilePaths.ErrorOf(e, Path));
        }
    }
}
