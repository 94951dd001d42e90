namespace LettaDr.Systems;

/// <summary>Reads every vector of the database once.</summary>
internal static class VectorScan
{
    private sealed record Source(string Table, string Column, int Dimensions, string Schema, string Type, bool Readable, long Bytes, string Key);

    public static async Task<IReadOnlyList<VectorColumn>> RunAsync(ConsistencySession session, CancellationToken cancellationToken)
    {
        var sources = await session.QueryAsync(
            ConsistencySql.VectorColumns,
            row => new Source(
                row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetString(3), row.GetString(4), row.GetBoolean(5), row.GetInt64(6), row.GetString(7)),
            cancellationToken).ConfigureAwait(false);
        session.Meter.Stage("Reading every vector", sources.Sum(source => source.Bytes));
        var columns = new List<VectorColumn>();
        foreach (var source in sources)
        {
            columns.Add(await ReadAsync(session, source, cancellationToken).ConfigureAwait(false));
            session.Meter.Add(source.Bytes);
        }

        return columns;
    }

    private static async Task<VectorColumn> ReadAsync(ConsistencySession session, Source source, CancellationToken cancellationToken)
    {
        var column = new VectorColumn
        {
            Name = $"{source.Table}.{source.Column}", Declared = source.Dimensions < 0 ? null : source.Dimensions, Readable = source.Readable,
        };
        if (!source.Readable)
        {
            return column;
        }

        // The norm is a sum in double precision of all squares: infinite or no number exactly when a component is.
        var norm = $"{source.Schema}.{(source.Type == "vector" ? "vector_norm" : "l2_norm")}(lettadr_vector)";
        var sql = $"""
            SELECT pg_catalog.count(*), COALESCE(pg_catalog.min(dims), 0), COALESCE(pg_catalog.max(dims), 0),
                pg_catalog.count(*) FILTER (WHERE dims <> {source.Dimensions}),
                COALESCE((pg_catalog.array_agg(key) FILTER (WHERE dims <> {source.Dimensions}))[1:3], ARRAY[]::text[]),
                pg_catalog.count(*) FILTER (WHERE norm IN ('NaN', 'Infinity')),
                COALESCE((pg_catalog.array_agg(key) FILTER (WHERE norm IN ('NaN', 'Infinity')))[1:3], ARRAY[]::text[])
            FROM (SELECT {source.Key} AS key, {source.Schema}.vector_dims(lettadr_vector) AS dims, {norm} AS norm
                FROM (SELECT *, {source.Column} AS lettadr_vector, ctid FROM ONLY {source.Table}) AS t WHERE lettadr_vector IS NOT NULL) AS measured
            """;
        return (await session.QueryAsync(
            sql,
            row => column with
            {
                Count = row.GetInt64(0), Least = row.GetInt32(1), Most = row.GetInt32(2),
                Misshapen = column.Declared is null ? 0 : row.GetInt64(3), MisshapenKeys = row.GetFieldValue<string[]>(4),
                Infinite = row.GetInt64(5), InfiniteKeys = row.GetFieldValue<string[]>(6),
            },
            cancellationToken).ConfigureAwait(false))[0];
    }
}
