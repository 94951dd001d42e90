namespace LettaDr.Tests;

public sealed class PlantedFaultsTests
{
    [Fact]
    public void One_row_goes_and_one_value_changes_in_different_tables()
    {
        var faults = PlantedFaults.In(Inventory(Table("agents", 3, "character varying"), Table("messages", 10, "jsonb"), Table("flags", 50, "boolean")));

        Assert.Equal(["\"letta\".\"messages\"", "\"letta\".\"agents\""], faults.Select(fault => fault.Table));
        Assert.Contains("DELETE FROM \"letta\".\"messages\"", faults[0].Sql, StringComparison.Ordinal);
        Assert.Contains("UPDATE \"letta\".\"agents\" SET \"value\"", faults[1].Sql, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_without_a_row_has_nothing_to_plant_a_fault_in() =>
        Assert.Equal("RecoveryTestFailed", Assert.Throws<LettaDrException>(() => PlantedFaults.In(Inventory(Table("messages", 0, "text")))).Id);

    private static TableInventory Table(string name, long rows, string type) => new()
    {
        Schema = "letta", Name = name, Columns = [new TableColumn { Name = "value", Type = type }], Plain = true, Fingerprint = new Fingerprint(rows, default),
    };

    private static DatabaseInventory Inventory(params TableInventory[] tables) => new()
    {
        Database = new DatabaseProperties
        {
            Name = "letta", Owner = "letta", ServerVersion = "17.5", ServerVersionNumber = 170005, Encoding = "UTF8", LocaleProvider = "c", Collate = "C", CharacterType = "C",
        },
        SnapshotTime = DateTimeOffset.UnixEpoch, Lsn = "0/1", Tables = tables,
    };
}
