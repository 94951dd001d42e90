using Docker.DotNet.Models;

namespace LettaDr.Systems;

/// <summary>
/// Puts right what recovery tests left whose process died: starts what they killed of deployments, and removes their copies' containers
/// with their volumes, networks, and the folder of their set.
/// </summary>
internal sealed class DrTestSweep(DockerEngine engine, IOperationObserver observer)
{
    private static readonly Dictionary<string, string> Any = new() { [DrTestOwner.Label] = string.Empty };

    /// <summary>The folder for what tests need on disk while they run.</summary>
    public static string Folder => LocalState.Folder("drill-copies");

    /// <summary>The folder of one copy: named by its owner, and by itself, for a process may make several at once.</summary>
    public static string FolderOf(string copy) => Path.Combine(Folder, $"{ProcessOwner.Own}~{copy}");

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await DrTestNotes.Local.StartLeftAsync(engine, observer, cancellationToken).ConfigureAwait(false);
        await ScratchContainers.SweepAsync(engine, cancellationToken).ConfigureAwait(false);
        foreach (var details in await engine.ListAsync(all: true, Any, cancellationToken).ConfigureAwait(false))
        {
            if (ProcessOwner.IsDead(details.Labels[DrTestOwner.Label]))
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
        foreach (var network in networks.Where(network => ProcessOwner.IsDead(network.Labels[DrTestOwner.Label])))
        {
            observer.Verbose($"Removing network {network.Name}, which a recovery test left that died.");
            await engine.Containers.RemoveNetworkAsync(network.ID, cancellationToken).ConfigureAwait(false);
        }

        foreach (var folder in Directory.Exists(Folder) ? Directory.GetDirectories(Folder) : [])
        {
            if (ProcessOwner.IsDead(Path.GetFileName(folder).Split('~')[0]))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
