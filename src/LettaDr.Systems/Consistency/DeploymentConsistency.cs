namespace LettaDr.Systems;

/// <summary>Everything that is tested of a whole deployment.</summary>
internal static class DeploymentConsistency
{
    /// <summary>Names of all the checks, whichever deployment they are made of.</summary>
    public static IReadOnlyList<string> CheckNames { get; } = TestOf(
        new LettaDeployment { Name = string.Empty, Database = new DatabaseEndpoint { Host = string.Empty, Database = string.Empty, UserName = string.Empty } }, null).Names;

    /// <param name="deployment">What to test.</param>
    /// <param name="expected">The inventory of a set to compare with; null for none.</param>
    public static ConsistencyTest TestOf(LettaDeployment deployment, DatabaseInventory? expected) => new(
        deployment.Name,
        [
            new DatabaseConsistency(deployment.Database, expected), new CacheConsistency(deployment, OperationId.Next()),
            new ConfigurationConsistency(deployment), new EncryptionKeyConsistency(deployment),
        ]);
}
