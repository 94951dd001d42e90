namespace LettaDr;

/// <summary>A file of metrics that was written, as <c>Export-LettaDrMetric -PassThru</c> tells it.</summary>
public sealed record DrMetricFile
{
    /// <summary>The file, full path.</summary>
    public required string Path { get; init; }

    /// <summary>When it was written (UTC).</summary>
    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>How many objects it is made of.</summary>
    public required int Objects { get; init; }

    /// <summary>How many metrics it holds.</summary>
    public required int Metrics { get; init; }

    /// <summary>How many samples they have together.</summary>
    public required int Samples { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Path;
}
