namespace LettaDr.Module.Tests;

[CollectionDefinition(Name)]
public sealed class SmallSandboxCollection : ICollectionFixture<SmallSandbox>
{
    public const string Name = "small sandbox";
}
