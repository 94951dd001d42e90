namespace LettaDr.Systems.Tests;

/// <summary>A table heavy enough to be read in parts, made in a second: its text is stored as it is and costs nothing to make.</summary>
internal static class HeavyTable
{
    public const int Rows = 12_000;

    /// <summary>Some 100 MB.</summary>
    public static Task CreateAsync(LettaDeployment deployment, string name = "heavy") => PostgresServer.ExecuteAsync(
        deployment,
        $"""
        CREATE TABLE {name} (id bigint PRIMARY KEY, amount int NOT NULL, filler text NOT NULL);
        ALTER TABLE {name} ALTER filler SET STORAGE EXTERNAL;
        INSERT INTO {name} SELECT i, 0, repeat('0123456789abcdef', 500) || i FROM generate_series(1, {Rows}) AS i;
        """);
}
