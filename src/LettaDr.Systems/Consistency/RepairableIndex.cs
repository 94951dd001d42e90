namespace LettaDr.Systems;

/// <summary>An index for nearest neighbours, usable or not.</summary>
/// <param name="Name">Its qualified, quoted name.</param>
/// <param name="PlainName">Its name alone.</param>
/// <param name="Table">Its table, qualified and quoted.</param>
/// <param name="Method"><c>hnsw</c> or <c>ivfflat</c>.</param>
/// <param name="IsValid">Whether the server uses it.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="TableBytes">Size of the table with its vectors.</param>
/// <param name="IsInDataDirectory">Whether it lies in the database's own tablespace.</param>
/// <param name="LeftoverOf">The index whose rebuild has left it behind; null for an index of its own.</param>
/// <param name="IsBeingBuilt">Whether an index of its table is being built now.</param>
/// <param name="Oid">Its identifier, which changes when it is built anew.</param>
internal sealed record RepairableIndex(
    string Name, string PlainName, string Table, string Method, bool IsValid, long Bytes, long TableBytes, bool IsInDataDirectory,
    string? LeftoverOf, bool IsBeingBuilt, uint Oid)
{
    /// <summary>The part of the true neighbours that it finds; null where that cannot be measured.</summary>
    public double? Recall { get; init; }

    /// <summary>Whether it is not used, or finds too little.</summary>
    public bool IsUnsound => !IsValid || Recall < VectorRecall.Least;

    /// <summary>What is known of it, for people.</summary>
    public string Condition => !IsValid
        ? "not valid"
        : Recall is { } recall ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"valid, recall {recall:0.00}") : "valid, recall not measurable";
}
