namespace LettaDr;

/// <summary>One value of a metric.</summary>
/// <param name="Labels">Names and values, in the order in which they are written.</param>
/// <param name="Value">The value, in the unit that the metric's name tells.</param>
internal sealed record MetricSample(IReadOnlyList<(string Name, string Value)> Labels, double Value);
