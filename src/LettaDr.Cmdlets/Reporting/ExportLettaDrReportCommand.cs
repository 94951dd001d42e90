using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Writes a report of any objects of LettaDr's, mixed, as HTML, Markdown or JSON.</summary>
[Cmdlet(VerbsData.Export, "LettaDrReport", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(DrReportFile))]
public sealed class ExportLettaDrReportCommand : ExportCmdlet
{
    private DrReportBuilder? _report;

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>What to write it as; by default what the file's name ends in tells: .html, .md or .json.</summary>
    [Parameter(Position = 1)]
    public DrReportFormat? Format { get; set; }

    /// <summary>The report's title, instead of one that names the deployments.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

    /// <summary>Replaces a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes an object that tells the file, the verdict and the digests.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken)
    {
        // Before anything is gathered, which may take long.
        Path = await FileAsync(Path, cancellationToken).ConfigureAwait(false);
        Format ??= ReportFile.FormatOf(Path);
        ReportFile.Check(Path, Force);
        _report = new DrReportBuilder(DateTimeOffset.UtcNow, Environment.MachineName, Title);
    }

    /// <inheritdoc/>
    private protected override void Take(object item) => _report!.Add(item);

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        var report = _report!.Build();
        var counts = report.Counts;
        WriteVerbose($"{Count.Of(report.Records, "record")}: {counts.Passed} passed, {counts.Failed} failed, {counts.NotRun} not run.");
        var what = $"write the {Format} report \"{report.Title}\" of {Count.Of(report.Records, "record")} to {Path}"
            + (File.Exists(Path) ? ", which replaces the file that is there" : string.Empty);
        if (await ShouldProcessAsync(what, what + "?", "Report", cancellationToken).ConfigureAwait(false))
        {
            var written = ReportFile.Write(report, Path, Format!.Value, Force);
            if (PassThru)
            {
                WriteObject(written);
            }
        }
    }
}
