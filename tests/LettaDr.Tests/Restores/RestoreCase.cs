namespace LettaDr.Tests;

/// <summary>A restore that nothing speaks against, to be spoilt in one point.</summary>
internal sealed record RestoreCase
{
    public RestoreRequest Request { get; init; } = new()
    {
        Deployment = new LettaDeployment
        {
            Name = "letta", Database = new DatabaseEndpoint { Host = "172.17.0.2", Database = "letta", UserName = "letta", Password = new Secret("hush-hush") },
        },
        Backup = Sample.Set(Sample.Moment),
        TargetDatabase = "letta",
    };

    public DatabaseInventory Inventory { get; init; } = Sample.Inventory();

    public TargetProfile Target { get; init; } = new()
    {
        Server = "172.17.0.2:5432", ServerVersion = "17.5", ServerVersionNumber = 170_005, SystemIdentifier = "7412345678901234567",
        Role = "letta", IsSuperuser = true, CanCreateDatabases = true,
        Existing = new TargetDatabase { Name = "letta", Owner = "letta", HasTables = true },
        Extensions = new Dictionary<string, AvailableExtension> { ["vector"] = new("0.8.1", ["0.8.0", "0.8.1"], true) },
        Roles = new HashSet<string> { "letta", "postgres" }, AssumableRoles = new HashSet<string> { "letta" },
        FreeBytes = 100L << 30, MemoryBytes = 8L << 30, SharedMemoryBytes = 64L << 20,
    };

    public void Check() => RestorePreflight.Check(Request, Inventory, Target);
}
