using Docker.DotNet.Models;

namespace LettaDr.Systems;

/// <summary>Removes what recovery tests left whose process died: containers with their volumes, networks, and the folder of their set.</summary>
internal sealed class DrTestSweep(DockerEngine engine, IOperationObserver observer)
{
    private static readonly Dictionary<string, string> Any = new() { [DrTestOwner.Label] = string.Empty };

    /// <summary>The folder for what tests need on disk while they run; each has one of its own, named by its owner.</summary>
    public static string Folder => LocalState.Folder("drill-copies");

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await ScratchContainers.SweepAsync(engine, cancellationToken).ConfigureAwait(false);
        foreach (var details in await engine.ListAsync(all: true, Any, cancellationToken).ConfigureAwait(false))
        {
            if (DrTestOwner.IsDead(details.Labels[DrTestOwner.Label]))
            {
                observer.Verbose($"Removing container {details.Container.Name}, which a recovery test left that died.");
                await engine.Containers.RemoveAsync(details.Container.Id!, volumes: true, cancellationToken).ConfigureAwait(false);
            }
        }

        var networks = await engine.GuardAsync(
            "list networks",
            client => client.Networks.ListNetworksAsync(
                new NetworksListParameters { Filters = new Dictionary<string, IDictionary<string, bool>> { ["label"] = new Dictionary<string, bool> { [DrTestOwner.Label] = true } } },
                cancellationToken),
            cancellationToken).ConfigureAwait(false);
        foreach (var network in networks.Where(network => DrTestOwner.IsDead(network.Labels[DrTestOwner.Label])))
        {
            observer.Verbose($"Removing network {network.Name}, which a recovery test left that died.");
            await engine.Containers.RemoveNetworkAsync(network.ID, cancellationToken).ConfigureAwait(false);
        }

        foreach (var folder in Directory.Exists(Folder) ? Directory.GetDirectories(Folder) : [])
        {
            if (DrTestOwner.IsDead(Path.GetFileName(folder)))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
