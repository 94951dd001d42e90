using System.Management.Automation;

namespace LettaDr.Help.Sample;

/// <summary>Gets widgets by <c>Name</c> or number.</summary>
[Cmdlet(VerbsCommon.Get, "SampleWidget", DefaultParameterSetName = "ByName", HelpUri = "https://example.com/widgets")]
[OutputType(typeof(Widget))]
public sealed class GetSampleWidgetCommand : PSCmdlet
{
    /// <summary>Names of the widgets; see <see cref="Widget"/>.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "ByName")]
    [SupportsWildcards]
    [Alias("WidgetName")]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Number of the widget.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "ByNumber")]
    public int Number { get; set; }

    /// <summary>Where the widget is.</summary>
    [Parameter(Position = 1, ParameterSetName = "ByName")]
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "ByNumber")]
    public string? Site { get; set; }

    /// <summary>How the widgets are sorted.</summary>
    [Parameter]
    public WidgetOrder OrderBy { get; set; }

    /// <summary>The color.</summary>
    [Parameter]
    [ValidateSet("Red", "Green")]
    public string? Color { get; set; }

    /// <summary>How long to wait.</summary>
    [Parameter]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many at most.</summary>
    [Parameter]
    public int? First { get; set; }

    /// <summary>Whether hidden widgets come too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(new Widget(Name[0], Number));
}
