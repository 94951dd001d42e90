namespace LettaDr;

/// <summary>A change of a database that a comparison with its set has to find.</summary>
/// <param name="Table">The table, as comparisons name it.</param>
/// <param name="Sql">Makes the change past constraints and triggers.</param>
/// <param name="Description">What it is, in a sentence.</param>
internal sealed record PlantedFault(string Table, string Sql, string Description);
