using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Writes metrics of LettaDr's objects for Prometheus: a file for the textfile collector of node_exporter.</summary>
[Cmdlet(VerbsData.Export, "LettaDrMetric", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(DrMetricFile))]
public sealed class ExportLettaDrMetricCommand : ExportCmdlet
{
    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;
    private readonly HashSet<Type> _warned = [];
    private MetricCollector? _metrics;

    /// <summary>The file to write, in the folder that node_exporter reads; it ends in .prom. One that is there is replaced.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Writes an object that tells what was written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken)
    {
        Path = await FileAsync(Path, cancellationToken).ConfigureAwait(false);
        MetricFile.Check(Path);
        _metrics = new MetricCollector();
    }

    /// <inheritdoc/>
    private protected override void Take(object item)
    {
        if (!_metrics!.Add(item) && _warned.Add(item.GetType()))
        {
            WriteWarning($"There are no metrics of {item.GetType().FullName}; such objects are left out.");
        }
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        // Also of nothing: metrics that stay behind would tell of what is no more.
        var families = _metrics!.Build();
        var samples = families.Sum(family => family.Samples.Count);
        var what = $"write {Count.Of(families.Count, "metric")} with {Count.Of(samples, "sample")} to {Path}";
        if (!await ShouldProcessAsync(what, what + "?", "Metrics", cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        MetricFile.Write(families, Path);
        if (PassThru)
        {
            WriteObject(new DrMetricFile { Path = Path, WrittenAt = _now, Objects = _metrics.Taken, Metrics = families.Count, Samples = samples });
        }
    }
}
