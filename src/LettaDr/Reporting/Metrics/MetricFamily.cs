namespace LettaDr;

/// <summary>A metric and its samples; one for each set of labels.</summary>
/// <param name="Name">Its name with its unit, e.g. <c>lettadr_backup_size_bytes</c>.</param>
/// <param name="Help">What it tells, in a sentence.</param>
internal sealed record MetricFamily(string Name, string Help)
{
    private readonly Dictionary<string, MetricSample> _samples = new(StringComparer.Ordinal);

    /// <summary>The samples in the order of their labels' values.</summary>
    public IReadOnlyList<MetricSample> Samples => [.. _samples.OrderBy(sample => sample.Key, StringComparer.Ordinal).Select(sample => sample.Value)];

    /// <summary>Puts a sample in the place of one with the same labels.</summary>
    public void Set(IReadOnlyList<(string Name, string Value)> labels, double value) =>
        _samples[string.Join('\0', labels.Select(label => label.Name + '\u0001' + label.Value))] = new MetricSample(labels, value);
}
