namespace LettaDr.Systems;

/// <summary>Everything that is tested of a whole deployment.</summary>
internal static class DeploymentConsistency
{
    /// <param name="deployment">What to test.</param>
    /// <param name="expected">The inventory of a set to compare with; null for none.</param>
    public static ConsistencyTest TestOf(LettaDeployment deployment, DatabaseInventory? expected) => new(
        deployment.Name,
        [
            new DatabaseConsistency(deployment.Database, expected), new CacheConsistency(deployment, OperationId.Next()),
            new ConfigurationConsistency(deployment), new EncryptionKeyConsistency(deployment),
        ]);
}
