namespace LettaDr;

/// <summary>Something that is not as the set says.</summary>
/// <param name="Kind"><c>rows</c>, <c>sequence</c>, <c>setting</c>, <c>large objects</c>, <c>revision</c>, or the kind of a schema object.</param>
/// <param name="Identity">What it is.</param>
/// <param name="Expected">What the set says; null for what the set does not have.</param>
/// <param name="Actual">What the database has; null for what it lacks.</param>
public sealed record InventoryDifference(string Kind, string Identity, string? Expected, string? Actual)
{
    /// <inheritdoc/>
    public override string ToString() => (Expected, Actual) switch
    {
        (_, null) => $"{Kind} {Identity} is missing",
        (null, _) => $"{Kind} {Identity} is too many",
        _ => $"{Kind} {Identity} is {Actual} instead of {Expected}",
    };
}
