namespace LettaDr.Systems;

/// <summary>The scripts that make a sandbox's database like Letta's.</summary>
internal static class SandboxSql
{
    public static string Init { get; } = Read("letta-init");

    public static string Schema { get; } = Read("letta-schema");

    public static string Seed { get; } = Read("letta-seed");

    public static string SeedLinks { get; } = Read("letta-seed-links");

    private static string Read(string name) => EmbeddedSql.Read($"Sandboxes/{name}.sql");
}
