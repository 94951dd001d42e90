namespace LettaDr.Systems;

/// <summary>Measures what vector indexes find, against exact scans.</summary>
internal static class VectorRecall
{
    /// <summary>How many nearest neighbours are asked for.</summary>
    public const int Neighbours = 10;

    /// <summary>The least part of them that an index must find.</summary>
    public const double Least = 0.9;

    private const int MostSamples = 20;
    private const int FewestSamples = 5;

    // An exact scan reads every vector for each sample: a large table is asked fewer of them.
    private const long MostComparisons = 2_000_000;

    /// <summary>Every vector index that the server uses.</summary>
    public static Task<List<VectorIndex>> IndexesAsync(ConsistencySession session, CancellationToken cancellationToken) => session.QueryAsync(
        ConsistencySql.VectorIndexes,
        row => new VectorIndex(
            row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6),
            row.GetInt64(7), row.GetBoolean(8), row.GetInt64(9)),
        cancellationToken);

    /// <summary>The part of the true neighbours that the index finds; null when the server does not take it.</summary>
    public static async Task<double?> MeasureAsync(ConsistencySession session, VectorIndex index, CancellationToken cancellationToken)
    {
        var count = Math.Clamp(MostComparisons / Math.Max(1, index.Rows), FewestSamples, MostSamples);
        var samples = await session.QueryAsync(
            $"""
            SELECT ({index.Expression})::text FROM {index.Table} WHERE ({index.Expression}) IS NOT NULL AND {index.Predicate}
            ORDER BY pg_catalog.hashtext(ctid::text), ctid LIMIT {count}
            """,
            row => row.GetString(0), cancellationToken).ConfigureAwait(false);
        if (samples.Count == 0)
        {
            return 1;
        }

        double found = 0;
        double wanted = 0;
        foreach (var sample in samples)
        {
            var distance = $"{index.Expression} {index.Distance} {PostgresName.Literal(sample)}::{index.Type}";
            var query = $"SELECT ({distance})::float8 FROM {index.Table} WHERE {index.Predicate} ORDER BY {distance} LIMIT {Neighbours}";
            await session.ExecuteAsync("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = on; SET LOCAL enable_sort = off", cancellationToken).ConfigureAwait(false);
            if (wanted == 0 && !await UsesAsync(session, index, query, cancellationToken).ConfigureAwait(false))
            {
                return null;
            }

            var near = await DistancesAsync(session, query, cancellationToken).ConfigureAwait(false);
            await session.ExecuteAsync("SET LOCAL enable_seqscan = on; SET LOCAL enable_indexscan = off; SET LOCAL enable_sort = on", cancellationToken).ConfigureAwait(false);
            var nearest = await DistancesAsync(session, query, cancellationToken).ConfigureAwait(false);

            // Others that are as near as the farthest of the true ones are as good.
            var farthest = nearest.Count == 0 ? 0 : nearest[^1] + (1e-6 * Math.Max(1, Math.Abs(nearest[^1])));
            found += Math.Min(nearest.Count, near.Count(value => value <= farthest));
            wanted += nearest.Count;
        }

        await session.ExecuteAsync("SET LOCAL enable_indexscan = on", cancellationToken).ConfigureAwait(false);
        return wanted == 0 ? 1 : found / wanted;
    }

    private static async Task<bool> UsesAsync(ConsistencySession session, VectorIndex index, string query, CancellationToken cancellationToken) =>
        (await session.QueryAsync("EXPLAIN " + query, row => row.GetString(0), cancellationToken).ConfigureAwait(false))
        .Any(line => line.Contains($"Index Scan using {index.PlanName} on", StringComparison.Ordinal));

    private static async Task<List<double>> DistancesAsync(ConsistencySession session, string query, CancellationToken cancellationToken) =>
        [.. (await session.QueryAsync(query, row => row.IsDBNull(0) ? double.NaN : row.GetDouble(0), cancellationToken).ConfigureAwait(false))
            .Where(value => !double.IsNaN(value))];
}
