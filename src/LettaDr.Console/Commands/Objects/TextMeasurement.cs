namespace LettaDr.Console.Commands;

/// <summary>What Measure-Object writes about texts; what was not asked for is null.</summary>
/// <param name="Lines">How many lines.</param>
/// <param name="Words">How many words.</param>
/// <param name="Characters">How many characters.</param>
/// <param name="Property">The property measured; null for the objects themselves.</param>
public sealed record TextMeasurement(int? Lines, int? Words, int? Characters, string? Property);
