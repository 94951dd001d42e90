namespace LettaDr.Systems;

/// <summary>Every vector has the dimensions of its column, or where the column asks for none, those of all others in it.</summary>
internal sealed class VectorDimensionsCheck : IDatabaseCheck
{
    /// <inheritdoc/>
    public string Name => "VectorDimensions";

    /// <inheritdoc/>
    public async Task<Check> RunAsync(ConsistencySession session, CancellationToken cancellationToken)
    {
        var columns = await session.VectorsAsync(cancellationToken).ConfigureAwait(false);
        var wrong = columns.Where(column => column.Misshapen > 0)
            .Select(column => $"{column.Name} has {Examples.Count(column.Misshapen, "vector")} not of {column.Declared} dimensions ({Examples.List(column.MisshapenKeys, column.Misshapen)})")
            .Concat(columns.Where(column => column.Declared is null && column.Least != column.Most)
                .Select(column => $"{column.Name} has vectors of {column.Least} to {column.Most} dimensions"))
            .ToList();
        return wrong.Count > 0
            ? Check.Failed(
                string.Join("; ", wrong) + ".",
                "Embed the texts of these rows anew, or restore them: no distance can be taken between vectors of different dimensions.")
            : VectorOutcome.Of(session, columns, "of the dimensions that their column asks for");
    }
}
