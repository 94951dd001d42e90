namespace LettaDr.Systems.Tests;

/// <summary>Tests that back one real project's configuration up, and put back what they change in it.</summary>
[CollectionDefinition(nameof(ConfigurationCollection))]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ConfigurationCollection : ICollectionFixture<ConfigurationStack>;
