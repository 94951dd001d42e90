namespace LettaDr.Systems.Tests;

/// <summary>Tests whose server dies run alone: Docker gives a dead container's address to the next one that starts.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class DyingServers
{
    public const string Name = "Servers that die";
}
