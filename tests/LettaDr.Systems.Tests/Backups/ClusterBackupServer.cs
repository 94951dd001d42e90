namespace LettaDr.Systems.Tests;

/// <summary>The tests of physical copies share one server.</summary>
[CollectionDefinition(nameof(ClusterBackupServer))]
public sealed class ClusterBackupServer : ICollectionFixture<ClusterServer>;
