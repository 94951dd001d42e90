namespace LettaDr;

/// <summary>Chooses the smallest changes that lose something: one row gone, one value changed.</summary>
internal static class PlantedFaults
{
    // Foreign keys would take other rows along, and the fault would be larger than it should.
    private const string PastConstraints = "SET session_replication_role = replica; ";
    private static readonly string[] TextTypes = ["text", "character varying"];

    /// <exception cref="LettaDrException">The set holds no row to plant a fault in.</exception>
    public static IReadOnlyList<PlantedFault> In(DatabaseInventory inventory)
    {
        // The largest tables are where one row in many is hardest to miss by chance.
        var tables = inventory.Tables.Where(table => table is { Plain: true, Fingerprint.Rows: > 0 })
            .OrderByDescending(table => table.Name == "messages").ThenByDescending(table => table.Fingerprint!.Value.Rows).ToList();
        if (tables.Count == 0)
        {
            throw DrTestVerification.Failed("The set holds no row to plant a fault in.", "Make the test on a set with data.");
        }

        var faults = new List<PlantedFault> { Missing(tables[0]) };
        if (tables.Skip(1).Select(Changed).FirstOrDefault(fault => fault is not null) is { } changed)
        {
            faults.Add(changed);
        }

        return faults;
    }

    private static PlantedFault Missing(TableInventory table)
    {
        var name = PostgresName.Of(table);
        return new(name, $"{PastConstraints}DELETE FROM {name} WHERE ctid = (SELECT min(ctid) FROM {name})", $"One row of {table} is removed.");
    }

    private static PlantedFault? Changed(TableInventory table)
    {
        if (table.Columns.FirstOrDefault(column => !column.Generated && TextTypes.Contains(column.Type)) is not { } column)
        {
            return null;
        }

        var (name, quoted) = (PostgresName.Of(table), PostgresName.Quote(column.Name));
        return new(
            name, $"{PastConstraints}UPDATE {name} SET {quoted} = coalesce({quoted}, '') || '.' WHERE ctid = (SELECT min(ctid) FROM {name})",
            $"One value of {table} is changed.");
    }
}
