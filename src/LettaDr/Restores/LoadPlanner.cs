namespace LettaDr;

/// <summary>Decides which connection loads which files of rows.</summary>
internal static class LoadPlanner
{
    /// <summary>
    /// A table is loaded by one connection, so that its rows can be written frozen, unless it is so large that the others would
    /// wait for it. The largest loads come first.
    /// </summary>
    public static IReadOnlyList<TableLoad> Plan(DatabaseInventory inventory, BackupManifest manifest, int jobs)
    {
        var files = manifest.Files.ToDictionary(file => file.Name, StringComparer.Ordinal);
        var streamed = inventory.Tables.Where(table => table.Files.Count > 0).ToList();
        var share = streamed.Sum(table => table.Bytes) / jobs;
        return [.. streamed
            .SelectMany(table => jobs > 1 && table.Bytes > share * 5 / 4
                ? table.Files.Select(name => new TableLoad(table, [files[name]], WholeTable: false))
                : [new TableLoad(table, [.. table.Files.Select(name => files[name])], WholeTable: true)])
            .OrderByDescending(load => load.WholeTable ? load.Table.Bytes : load.Table.Bytes / load.Table.Files.Count)];
    }
}
