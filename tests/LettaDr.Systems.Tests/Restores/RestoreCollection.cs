namespace LettaDr.Systems.Tests;

/// <summary>Tests of restores that share one server, one after the other: each may look at all databases and roles of it.</summary>
[CollectionDefinition(nameof(RestoreCollection))]
public sealed class RestoreCollection : ICollectionFixture<PostgresServer>;
