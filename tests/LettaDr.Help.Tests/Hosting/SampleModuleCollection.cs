namespace LettaDr.Help.Hosting;

[CollectionDefinition(Name)]
public sealed class SampleModuleCollection : ICollectionFixture<SampleModule>
{
    public const string Name = "Sample module";
}
