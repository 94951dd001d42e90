namespace LettaDr.Module.Tests;

[CollectionDefinition(Name)]
public sealed class LargeSandboxCollection : ICollectionFixture<LargeSandbox>
{
    public const string Name = "large sandbox";
}
