namespace LettaDr;

/// <summary>Rows of one table that were made, changed and removed after the moment that a cluster is recovered to.</summary>
/// <param name="Table">The table.</param>
/// <param name="Created">Rows that are live and not in what was recovered.</param>
/// <param name="Changed">Rows that are in both, and were changed after the moment.</param>
/// <param name="Deleted">Rows that are in what was recovered, and not live any more: they come back.</param>
public sealed record TableLoss(string Table, long Created, long Changed, long Deleted)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        var parts = new[] { (Created, "created"), (Changed, "changed"), (Deleted, "deleted") }.Where(part => part.Item1 > 0);
        return $"{Table}: {string.Join(", ", parts.Select(part => $"{part.Item1} {part.Item2}"))}";
    }
}
