namespace LettaDr.Console.Commands;

/// <summary>What Measure-Object writes; what was not asked for is null.</summary>
/// <param name="Count">How many values.</param>
/// <param name="Average">Their mean.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="Maximum">The largest.</param>
/// <param name="Minimum">The smallest.</param>
/// <param name="StandardDeviation">Their standard deviation, as a sample.</param>
/// <param name="Property">The property measured; null for the objects themselves.</param>
public sealed record ObjectMeasurement(
    int Count, double? Average, double? Sum, object? Maximum, object? Minimum, double? StandardDeviation, string? Property);
