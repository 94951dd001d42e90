namespace LettaDr.Systems.Tests;

/// <summary>What there is of a copy for a recovery test, or of all copies of a process.</summary>
internal sealed record DrTestTraces(
    IReadOnlyList<string> Containers, IReadOnlyList<string> Networks, IReadOnlyList<string> Volumes, IReadOnlyList<string> Folders)
{
    public static async Task<DrTestTraces> OfAsync(DockerEngine engine, string label, string value)
    {
        var containers = await engine.ListAsync(all: true, new Dictionary<string, string> { [label] = value }, CancellationToken.None);
        var networks = await engine.GuardAsync("list networks", client => client.Networks.ListNetworksAsync(), CancellationToken.None);
        return new DrTestTraces(
            [.. containers.Select(details => details.Container.Id!)],
            [.. networks.Where(network => network.Labels?.Contains(new(label, value)) == true).Select(network => network.ID)],
            [.. containers.SelectMany(details => details.Container.Volumes).Select(volume => volume.Source)],
            [.. Directory.GetDirectories(DrTestSweep.Folder).Where(folder => Path.GetFileName(folder).Split('~').Contains(value))]);
    }

    public async Task AssertGoneAsync(DockerEngine engine)
    {
        var containers = await engine.ListAsync(all: true, new Dictionary<string, string>(), CancellationToken.None);
        Assert.Empty(containers.Select(details => details.Container.Id).Intersect(Containers));
        var networks = await engine.GuardAsync("list networks", client => client.Networks.ListNetworksAsync(), CancellationToken.None);
        Assert.Empty(networks.Select(network => network.ID).Intersect(Networks));
        var volumes = await engine.GuardAsync("list volumes", client => client.Volumes.ListAsync(), CancellationToken.None);
        Assert.Empty(volumes.Volumes.Select(volume => volume.Name).Intersect(Volumes));
        Assert.All(Folders, folder => Assert.False(Directory.Exists(folder), folder));
    }
}
