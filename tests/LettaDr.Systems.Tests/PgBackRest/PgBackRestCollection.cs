namespace LettaDr.Systems.Tests;

/// <summary>Tests on one server that pgBackRest backs up, one after the other.</summary>
[CollectionDefinition(nameof(PgBackRestCollection))]
public sealed class PgBackRestCollection : ICollectionFixture<PgBackRestServer>;
