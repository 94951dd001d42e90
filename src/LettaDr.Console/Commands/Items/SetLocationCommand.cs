using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>Set-Location: goes to a folder; home without one.</summary>
[Cmdlet(VerbsCommon.Set, "Location", DefaultParameterSetName = "Path")]
public sealed class SetLocationCommand : PSCmdlet
{
    /// <summary>Where to.</summary>
    [Parameter(Position = 0, ParameterSetName = "Path", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string? Path { get; set; }

    /// <summary>Where to, without wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath", ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string? LiteralPath { get; set; }

    /// <summary>Sends the new place.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string target = LiteralPath is null
            ? Path ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)
            : WildcardPattern.Escape(LiteralPath);
        try
        {
            PathInfo place = SessionState.Path.SetLocation(target);
            if (PassThru)
            {
                WriteObject(place);
            }
        }
        catch (Exception e) when (e is RuntimeException or ArgumentException)
        {
            WriteError(FilePaths.ErrorOf(e, target));
        }
    }
}
