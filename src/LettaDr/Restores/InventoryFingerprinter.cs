namespace LettaDr;

/// <summary>Reads every row of a database and fingerprints its tables as a set's inventory has them.</summary>
internal static class InventoryFingerprinter
{
    /// <param name="source">The database.</param>
    /// <param name="expected">The inventory whose way of reading each table is used, so that both are comparable.</param>
    /// <param name="jobs">Connections that read at once.</param>
    /// <param name="meter">Where progress goes.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="alongside">Other work on the same database, done by one of the jobs first.</param>
    public static async Task<DatabaseInventory> ReadAsync(
        IDatabaseSource source, DatabaseInventory expected, int jobs, ProgressMeter meter, CancellationToken cancellationToken,
        Func<CancellationToken, Task>? alongside = null)
    {
        var inventory = await source.BeginSnapshotAsync(cancellationToken).ConfigureAwait(false);
        var routes = expected.Tables.ToDictionary(PostgresName.Of, table => table.Route, StringComparer.Ordinal);
        var tables = inventory.Tables
            .Select(table => table with { Route = routes.GetValueOrDefault(PostgresName.Of(table), TableRoute.Archive) })
            .ToArray();
        return await ReadRowsAsync(source, inventory with { Tables = tables }, jobs, meter, "Comparing every row", cancellationToken, alongside).ConfigureAwait(false);
    }

    /// <summary>Reads every row in a snapshot that has been begun; each table by the route that the inventory says.</summary>
    /// <param name="source">The database.</param>
    /// <param name="inventory">The inventory; a table that has a fingerprint already is not read.</param>
    /// <param name="jobs">Connections that read at once.</param>
    /// <param name="meter">Where progress goes.</param>
    /// <param name="stage">What the progress is called.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="alongside">Other work on the same database, done by one of the jobs first.</param>
    public static async Task<DatabaseInventory> ReadRowsAsync(
        IDatabaseSource source, DatabaseInventory inventory, int jobs, ProgressMeter meter, string stage, CancellationToken cancellationToken,
        Func<CancellationToken, Task>? alongside = null)
    {
        var tables = inventory.Tables.Where(table => table.Fingerprint is null).ToArray();
        meter.Stage(stage, tables.Sum(table => table.Bytes));
        var rows = new RowCollector();
        var largeObjects = default(Fingerprint);
        var work = BackupPlanner.Split(tables, jobs, source.SupportsRangeScans)
            .Select(part => (Func<CancellationToken, Task>)(async token => rows.Add(
                part.Table, await source.ReadRowsAsync(part, null, meter.Add, token).ConfigureAwait(false))))
            .Append(async token => largeObjects = await source.ReadLargeObjectsAsync(token).ConfigureAwait(false));
        if (alongside is not null)
        {
            work = work.Prepend(alongside);
        }

        await ParallelWork.RunAsync(work, jobs, cancellationToken).ConfigureAwait(false);
        return inventory with { Tables = [.. inventory.Tables.Select(table => table.Fingerprint is null ? rows.Complete(table) : table)], LargeObjects = largeObjects };
    }
}
