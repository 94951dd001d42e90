namespace LettaDr.Systems.Tests;

/// <summary>Tests on one Redis and one PostgreSQL; they follow each other, as each empties Redis.</summary>
[CollectionDefinition(Name)]
public sealed class CacheCollection : ICollectionFixture<RedisServer>, ICollectionFixture<PostgresServer>
{
    public const string Name = "Cache";
}
