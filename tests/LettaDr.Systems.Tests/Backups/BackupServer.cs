namespace LettaDr.Systems.Tests;

/// <summary>The tests of backups share one server.</summary>
[CollectionDefinition(nameof(BackupServer))]
public sealed class BackupServer : ICollectionFixture<PostgresServer>;
