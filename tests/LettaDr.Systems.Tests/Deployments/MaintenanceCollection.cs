namespace LettaDr.Systems.Tests;

/// <summary>One stack with two replicas of its server, for all tests of maintenance.</summary>
[CollectionDefinition(nameof(MaintenanceCollection))]
public sealed class MaintenanceCollection : ICollectionFixture<ComposeStack>;
