namespace LettaDr.Systems;

/// <summary>No vector has a component that is infinite or no number: such a row is near to everything, or to nothing.</summary>
internal sealed class VectorsFiniteCheck : IDatabaseCheck
{
    /// <inheritdoc/>
    public string Name => "VectorsFinite";

    /// <inheritdoc/>
    public async Task<Check> RunAsync(ConsistencySession session, CancellationToken cancellationToken)
    {
        var columns = await session.VectorsAsync(cancellationToken).ConfigureAwait(false);
        var wrong = columns.Where(column => column.Infinite > 0)
            .Select(column => $"{column.Name} has {Examples.Count(column.Infinite, "vector")} with NaN or infinity ({Examples.List(column.InfiniteKeys, column.Infinite)})")
            .ToList();
        return wrong.Count > 0
            ? Check.Failed(string.Join("; ", wrong) + ".", "Embed the texts of these rows anew, or restore them from a backup; then look for what damaged them (PageChecksums).")
            : VectorOutcome.Of(session, columns, "finite in every component");
    }
}
