namespace LettaDr.Systems.Tests;

/// <summary>Tests of consistency that share one server, one after the other.</summary>
[CollectionDefinition(nameof(ConsistencyCollection))]
public sealed class ConsistencyCollection : ICollectionFixture<ConsistencyServer>;
