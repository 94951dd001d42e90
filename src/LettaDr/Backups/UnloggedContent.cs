namespace LettaDr;

/// <summary>Takes out of an inventory what no recovery of a physical copy brings back.</summary>
internal static class UnloggedContent
{
    /// <summary>The inventory as the recovered database will have it: unlogged tables are empty then.</summary>
    /// <param name="inventory">The running database's.</param>
    /// <param name="unlogged">Names, quoted, of its unlogged tables and sequences.</param>
    public static DatabaseInventory Leave(DatabaseInventory inventory, IReadOnlyCollection<string> unlogged)
    {
        if (unlogged.Count == 0)
        {
            return inventory;
        }

        return inventory with
        {
            Tables = [.. inventory.Tables.Select(table => unlogged.Contains(PostgresName.Of(table)) ? table with { Fingerprint = default(Fingerprint) } : table)],
            Sequences = [.. inventory.Sequences.Where(sequence => !unlogged.Contains(sequence.Identity))],
            Omissions =
            [
                .. inventory.Omissions,
                .. inventory.Tables.Where(table => unlogged.Contains(PostgresName.Of(table)))
                    .Select(table => $"The rows of the unlogged table {table} are not in a physical copy: PostgreSQL empties it whenever it recovers."),
            ],
        };
    }
}
