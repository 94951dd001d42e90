namespace LettaDr;

/// <summary>Decides how each table's rows travel, and in which parts they are read.</summary>
internal static class BackupPlanner
{
    /// <summary>Below this a table costs less inside pg_dump's archive than as a stream of its own.</summary>
    public const long HeavyTableBytes = 4L << 20;

    /// <summary>zstd's level unless told otherwise.</summary>
    public const int DefaultCompressionLevel = 1;

    private const int FastestCompressionLevel = -1;
    private const long SmallestPart = 32L << 20;
    private const long LargestPart = 512L << 20;

    /// <summary>Binary COPY for heavy plain tables whose columns have the same bytes anywhere; the archive for all else.</summary>
    public static TableRoute RouteOf(TableInventory table, bool portable)
    {
        if (portable || !table.Plain || table.Columns.Count == 0
            || !table.Columns.All(column => column.PortableBinary && !column.Generated))
        {
            return TableRoute.Archive;
        }

        return table.Bytes >= HeavyTableBytes || table.Columns.Any(IsVector) ? TableRoute.BinaryCopy : TableRoute.Archive;
    }

    /// <summary>
    /// The level for a table's rows. At the default level, vectors go by zstd's fast strategy: real components do not compress,
    /// their padding with zeros compresses at any level, and it takes a third of the time.
    /// </summary>
    public static int CompressionLevelOf(TableInventory table, int requested) =>
        requested == DefaultCompressionLevel && table.Columns.Any(IsVector) ? FastestCompressionLevel : requested;

    /// <summary>Parts of about equal size, the largest first, so that the last ones to finish are small.</summary>
    public static IReadOnlyList<TablePart> Split(IReadOnlyList<TableInventory> tables, int jobs, bool rangeScans)
    {
        var partSize = Math.Clamp(tables.Sum(table => table.Bytes) / (jobs * 8L), SmallestPart, LargestPart);
        return [.. tables
            .SelectMany(table => SplitTable(table, rangeScans && table.Heap ? partSize : long.MaxValue))
            .OrderByDescending(part => part.Bytes)];
    }

    private static IEnumerable<TablePart> SplitTable(TableInventory table, long partSize)
    {
        var parts = Math.Min(table.Blocks, table.Bytes / partSize);
        if (parts <= 1)
        {
            yield return new TablePart(table, null, null, table.Bytes);
            yield break;
        }

        for (var i = 0L; i < parts; i++)
        {
            long? first = i == 0 ? null : table.Blocks * i / parts;
            long? end = i == parts - 1 ? null : table.Blocks * (i + 1) / parts;
            yield return new TablePart(table, first, end, table.Bytes / parts);
        }
    }

    private static bool IsVector(TableColumn column) =>
        column.Type is "vector" or "halfvec" || column.Type.EndsWith(".vector", StringComparison.Ordinal)
        || column.Type.Contains("vector(", StringComparison.Ordinal) || column.Type.Contains("halfvec(", StringComparison.Ordinal);
}
