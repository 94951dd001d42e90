using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>Get-PSDrive: lists the engine's drives.</summary>
[Cmdlet(VerbsCommon.Get, "PSDrive")]
public sealed class GetPSDriveCommand : PSCmdlet
{
    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Names of providers, with wildcards.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string[] PSProvider { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (PSDriveInfo drive in SessionState.Drive.GetAll().OrderBy(drive => drive.Name, StringComparer.OrdinalIgnoreCase))
        {
            if (Matches(Name, drive.Name) && Matches(PSProvider, drive.Provider.Name))
            {
                WriteObject(drive);
            }
        }
    }

    private static bool Matches(string[] patterns, string name) =>
        patterns.Any(pattern => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(name));
}
