using System.Management.Automation;

namespace LettaDr.Help.Sample;

/// <summary>Changes a widget.</summary>
[Cmdlet(VerbsCommon.Set, "SampleWidget", SupportsShouldProcess = true)]
public sealed class SetSampleWidgetCommand : PSCmdlet
{
    /// <summary>The widget.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public Widget Widget { get; set; } = new("", 0);

    /// <summary>Its new tags.</summary>
    [Parameter(Position = 1)]
    public Dictionary<string, string[]>? Tag { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ShouldProcess(Widget.Name);
}
