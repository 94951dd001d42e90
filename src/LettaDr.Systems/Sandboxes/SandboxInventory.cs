using Docker.DotNet.Models;

namespace LettaDr.Systems;

/// <summary>What of sandboxes an engine holds, found by their label alone, and its removal.</summary>
internal sealed class SandboxInventory(DockerEngine engine)
{
    /// <summary>The names of all sandboxes, also of those of which only a part is left.</summary>
    internal async Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellationToken)
    {
        var containers = await engine.GuardAsync(
            "list containers",
            client => client.Containers.ListContainersAsync(
                new ContainersListParameters { All = true, Filters = Labelled(SandboxLabels.Sandbox) }, cancellationToken),
            cancellationToken);
        var networks = await NetworksAsync(SandboxLabels.Sandbox, cancellationToken);
        var volumes = await VolumesAsync(SandboxLabels.Sandbox, cancellationToken);
        return
        [
            .. containers.Select(container => container.Labels)
                .Concat(networks.Select(network => network.Labels))
                .Concat(volumes.Select(volume => volume.Labels))
                .Select(labels => labels[SandboxLabels.Sandbox])
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Removes a sandbox's containers with their volumes, its labelled volumes, and its network.</summary>
    /// <exception cref="LettaDrException">There is no sandbox of that name.</exception>
    internal async Task RemoveAsync(string name, IOperationObserver? observer, CancellationToken cancellationToken)
    {
        var label = $"{SandboxLabels.Sandbox}={name}";
        var containers = await engine.ListAsync(
            all: true, new Dictionary<string, string> { [SandboxLabels.Sandbox] = name }, cancellationToken);
        var networks = await NetworksAsync(label, cancellationToken);
        var volumes = await VolumesAsync(label, cancellationToken);
        if (containers.Count + networks.Count + volumes.Count == 0)
        {
            throw NotFound(name);
        }

        foreach (var container in containers.Select(details => details.Container))
        {
            observer?.Verbose($"Removing container {container.Name} and its volumes.");
            await engine.Containers.RemoveAsync(container.Id!, volumes: true, cancellationToken);
        }

        foreach (var volume in volumes)
        {
            observer?.Verbose($"Removing volume {volume.Name}.");
            await engine.Containers.RemoveVolumeAsync(volume.Name, cancellationToken);
        }

        foreach (var network in networks)
        {
            observer?.Verbose($"Removing network {network.Name}.");
            await engine.Containers.RemoveNetworkAsync(network.ID, cancellationToken);
        }
    }

    internal static LettaDrException NotFound(string name) => new(
        "SandboxNotFound", FaultKind.NotFound, $"There is no sandbox named '{name}'.",
        $"'docker ps -a --filter label={SandboxLabels.Sandbox}' shows those that there are; only what bears that label is ever removed.",
        name);

    private Task<IList<NetworkResponse>> NetworksAsync(string label, CancellationToken cancellationToken) => engine.GuardAsync(
        "list networks",
        client => client.Networks.ListNetworksAsync(new NetworksListParameters { Filters = Labelled(label) }, cancellationToken),
        cancellationToken);

    private async Task<IList<VolumeResponse>> VolumesAsync(string label, CancellationToken cancellationToken)
    {
        var listed = await engine.GuardAsync(
            "list volumes",
            client => client.Volumes.ListAsync(new VolumesListParameters { Filters = Labelled(label) }, cancellationToken),
            cancellationToken);
        return listed.Volumes ?? [];
    }

    private static Dictionary<string, IDictionary<string, bool>> Labelled(string label) =>
        new() { ["label"] = new Dictionary<string, bool> { [label] = true } };
}
