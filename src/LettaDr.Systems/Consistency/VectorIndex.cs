namespace LettaDr.Systems;

/// <summary>An index for nearest neighbours, in the pieces that its queries are made of.</summary>
/// <param name="Name">Its qualified, quoted name.</param>
/// <param name="PlanName">Its name as a plan shows it.</param>
/// <param name="Table">Its table, qualified and quoted.</param>
/// <param name="Expression">What it orders.</param>
/// <param name="Distance">The operator of its distance.</param>
/// <param name="Type">The type that the distance is taken to.</param>
/// <param name="Predicate">The rows that it holds.</param>
/// <param name="Rows">About how many rows the table has.</param>
/// <param name="Readable">Whether this role may read the table.</param>
/// <param name="Bytes">Size of the table; for progress.</param>
internal sealed record VectorIndex(
    string Name, string PlanName, string Table, string Expression, string Distance, string Type, string Predicate, long Rows,
    bool Readable, long Bytes);
