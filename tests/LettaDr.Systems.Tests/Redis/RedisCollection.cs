namespace LettaDr.Systems.Tests;

/// <summary>Tests that start Redis servers of their own, one after the other.</summary>
[CollectionDefinition(nameof(RedisCollection))]
public sealed class RedisCollection : ICollectionFixture<RedisServers>;
