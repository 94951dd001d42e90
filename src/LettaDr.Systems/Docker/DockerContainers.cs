using System.Diagnostics;
using System.Globalization;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace LettaDr.Systems;

/// <summary>Changes to an engine: containers, networks and volumes made and removed.</summary>
internal sealed class DockerContainers(DockerEngine engine)
{
    private static readonly TimeSpan RemovalLimit = TimeSpan.FromMinutes(1);

    /// <summary>Creates and starts a container.</summary>
    /// <returns>Its identifier.</returns>
    /// <exception cref="LettaDrException">The image is not there, the name is taken, or it does not start (it is removed again then).</exception>
    public Task<string> RunAsync(DockerRunRequest request, CancellationToken cancellationToken) =>
        RunAsync(request, _ => Task.CompletedTask, cancellationToken);

    /// <summary>Creates a container, lets it be prepared, and starts it.</summary>
    /// <param name="request">What to create.</param>
    /// <param name="prepare">Puts files into it, by its identifier.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Its identifier.</returns>
    public async Task<string> RunAsync(DockerRunRequest request, Func<string, Task> prepare, CancellationToken cancellationToken)
    {
        var id = await CreateAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            await prepare(id).ConfigureAwait(false);
            await StartAsync(id, cancellationToken).ConfigureAwait(false);
            return id;
        }
        catch
        {
            await RemoveAsync(id, volumes: true, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Creates a container that does not run yet.</summary>
    /// <returns>Its identifier.</returns>
    /// <exception cref="LettaDrException">The image is not there, or the name is taken.</exception>
    public async Task<string> CreateAsync(DockerRunRequest request, CancellationToken cancellationToken)
    {
        if (!await ImageExistsAsync(request.Image, cancellationToken).ConfigureAwait(false))
        {
            throw new LettaDrException(
                "DockerImageNotFound", FaultKind.NotFound, $"The Docker engine has no image '{request.Image}'.",
                $"Fetch it with 'docker pull {request.Image}', or load it from your mirror.", request.Image);
        }

        return await engine.GuardAsync(
            $"create a container from {request.Image}",
            async client => (await client.Containers.CreateContainerAsync(Parameters(request), cancellationToken).ConfigureAwait(false)).ID,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts a container; no error when it runs already.</summary>
    public Task StartAsync(string id, CancellationToken cancellationToken) => engine.GuardAsync(
        $"start container {id}",
        client => client.Containers.StartContainerAsync(id, new ContainerStartParameters(), cancellationToken), cancellationToken);

    /// <summary>Stops a container, by force after <paramref name="grace"/> (when null: the container's own, 10 s unless it has one).</summary>
    public Task StopAsync(string id, TimeSpan? grace, CancellationToken cancellationToken) => engine.GuardAsync(
        $"stop container {id}",
        client => client.Containers.StopContainerAsync(
            id, new ContainerStopParameters { WaitBeforeKillSeconds = grace is { } time ? (uint)time.TotalSeconds : null }, cancellationToken),
        cancellationToken);

    /// <summary>Changes when Docker starts a container by itself.</summary>
    /// <param name="id">Container by identifier or name.</param>
    /// <param name="policy"><c>no</c>, <c>always</c>, <c>unless-stopped</c> or <c>on-failure</c>.</param>
    /// <param name="maximumRetries">How often <c>on-failure</c> tries; 0 for no limit.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task SetRestartPolicyAsync(string id, string policy, int maximumRetries, CancellationToken cancellationToken) => engine.GuardAsync(
        $"change the restart policy of container {id}",
        client => client.Containers.UpdateContainerAsync(
            id,
            new ContainerUpdateParameters
            {
                RestartPolicy = Policy(policy, maximumRetries),
            },
            cancellationToken),
        cancellationToken);

    /// <summary>Ends a container's first process at once.</summary>
    public Task KillAsync(string id, CancellationToken cancellationToken) => VoidAsync(
        $"kill container {id}",
        client => client.Containers.KillContainerAsync(id, new ContainerKillParameters { Signal = "KILL" }, cancellationToken), cancellationToken);

    /// <summary>Removes a container, running or not, with its anonymous volumes if wanted; no error when there is none.</summary>
    public async Task RemoveAsync(string id, bool volumes, CancellationToken cancellationToken)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(100, cancellationToken).ConfigureAwait(false))
        {
            try
            {
                await IgnoreMissingAsync(VoidAsync(
                    $"remove container {id}",
                    client => client.Containers.RemoveContainerAsync(
                        id, new ContainerRemoveParameters { Force = true, RemoveVolumes = volumes }, cancellationToken),
                    cancellationToken)).ConfigureAwait(false);
                return;
            }
            catch (LettaDrException busy) when (busy.Id == "DockerRemovalInProgress" && clock.Elapsed < RemovalLimit)
            {
                // Somebody else removes it; it, its name and its volumes are free when it is gone.
            }
        }
    }

    /// <summary>Whether the engine has the image.</summary>
    public Task<bool> ImageExistsAsync(string image, CancellationToken cancellationToken) => engine.GuardAsync(
        $"look for image {image}",
        async client =>
        {
            try
            {
                await client.Images.InspectImageAsync(image, cancellationToken).ConfigureAwait(false);
                return true;
            }
            catch (DockerImageNotFoundException)
            {
                return false;
            }
        },
        cancellationToken);

    /// <summary>An image's identifier and its own environment; null when the engine does not have it.</summary>
    public Task<(string Id, IReadOnlyDictionary<string, string> Environment)?> FindImageAsync(string image, CancellationToken cancellationToken) =>
        engine.GuardAsync<(string, IReadOnlyDictionary<string, string>)?>(
            $"look for image {image}",
            async client =>
            {
                try
                {
                    var found = await client.Images.InspectImageAsync(image, cancellationToken).ConfigureAwait(false);
                    return (found.ID, ContainerMapping.ParseEnvironment(found.Config?.Env ?? []));
                }
                catch (DockerImageNotFoundException)
                {
                    return null;
                }
            },
            cancellationToken);

    /// <summary>Creates a bridge network and gives its identifier; one that is internal leads to this machine and nowhere else.</summary>
    public Task<string> CreateNetworkAsync(
        string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken, bool isInternal = false) =>
        engine.GuardAsync(
            $"create network {name}",
            async client => (await client.Networks.CreateNetworkAsync(
                new NetworksCreateParameters
                {
                    Name = name,
                    CheckDuplicate = true,
                    Driver = "bridge",
                    Internal = isInternal,
                    Labels = new Dictionary<string, string>(labels),
                },
                cancellationToken).ConfigureAwait(false)).ID,
            cancellationToken);

    /// <summary>Takes a running container off a network.</summary>
    public Task DisconnectAsync(string network, string id, CancellationToken cancellationToken) => VoidAsync(
        $"disconnect container {id} from network {network}",
        client => client.Networks.DisconnectNetworkAsync(network, new NetworkDisconnectParameters { Container = id, Force = true }, cancellationToken),
        cancellationToken);

    /// <summary>Puts a container on a network, where others reach it by the names given.</summary>
    public Task ConnectAsync(string network, string id, IReadOnlyList<string> aliases, CancellationToken cancellationToken) => VoidAsync(
        $"connect container {id} to network {network}",
        client => client.Networks.ConnectNetworkAsync(
            network, new NetworkConnectParameters { Container = id, EndpointConfig = new EndpointSettings { Aliases = [.. aliases] } }, cancellationToken),
        cancellationToken);

    /// <summary>Removes a network; no error when there is none.</summary>
    public Task RemoveNetworkAsync(string name, CancellationToken cancellationToken) => IgnoreMissingAsync(VoidAsync(
        $"remove network {name}", client => client.Networks.DeleteNetworkAsync(name, cancellationToken), cancellationToken));

    /// <summary>Creates a volume that can be found by its labels.</summary>
    public Task CreateVolumeAsync(string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken) =>
        engine.GuardAsync(
            $"create volume {name}",
            client => client.Volumes.CreateAsync(
                new VolumesCreateParameters { Name = name, Labels = new Dictionary<string, string>(labels) }, cancellationToken),
            cancellationToken);

    /// <summary>Removes a named volume; no error when there is none.</summary>
    public Task RemoveVolumeAsync(string name, CancellationToken cancellationToken) => IgnoreMissingAsync(VoidAsync(
        $"remove volume {name}", client => client.Volumes.RemoveAsync(name, force: true, cancellationToken), cancellationToken));

    private static async Task IgnoreMissingAsync(Task removal)
    {
        try
        {
            await removal.ConfigureAwait(false);
        }
        catch (LettaDrException fault) when (fault.Kind == FaultKind.NotFound)
        {
            // Gone is what was asked for.
        }
    }

    private static RestartPolicy Policy(string name, int maximumRetries) => new()
    {
        Name = name switch
        {
            "always" => RestartPolicyKind.Always,
            "unless-stopped" => RestartPolicyKind.UnlessStopped,
            "on-failure" => RestartPolicyKind.OnFailure,
            _ => RestartPolicyKind.No,
        },
        MaximumRetryCount = maximumRetries,
    };

    private static bool IsNamedNetwork(string? network) =>
        network is not null and not "host" && !network.StartsWith("container:", StringComparison.Ordinal);

    private static CreateContainerParameters Parameters(DockerRunRequest request) => new()
    {
        Image = request.Image,
        Name = request.Name,
        Env = [.. request.Environment.Select(pair => $"{pair.Key}={pair.Value}")],
        Labels = new Dictionary<string, string>(request.Labels),
        Entrypoint = request.Entrypoint?.ToList(),
        Cmd = request.Command?.ToList(),
        User = request.User,
        WorkingDir = request.WorkingDirectory,
        ExposedPorts = request.Ports.Keys.ToDictionary(Key, _ => default(EmptyStruct)),
        HostConfig = new HostConfig
        {
            ShmSize = request.ShmSizeBytes ?? 0,
            Memory = request.MemoryBytes ?? 0,
            CPUShares = request.CpuShares ?? 0,
            NetworkMode = request.Network,
            RestartPolicy = Policy(request.RestartPolicy, 0),
            PortBindings = request.Ports.ToDictionary(
                port => Key(port.Key),
                IList<PortBinding> (port) =>
                [
                    new PortBinding
                    {
                        HostIP = request.PublishAddress,
                        HostPort = port.Value == 0 ? string.Empty : port.Value.ToString(CultureInfo.InvariantCulture),
                    },
                ]),
            Mounts = [.. request.Volumes.Select(volume => new Mount
            {
                Type = volume.Kind,
                Source = volume.Kind == "tmpfs" ? null : volume.Source,
                Target = volume.Destination,
                ReadOnly = volume.ReadOnly,
            })],
        },
        NetworkingConfig = !IsNamedNetwork(request.Network) ? null : new NetworkingConfig
        {
            EndpointsConfig = new Dictionary<string, EndpointSettings>
            {
                [request.Network!] = new() { Aliases = [.. request.NetworkAliases] },
            },
        },
    };

    private static string Key(int port) => port.ToString(CultureInfo.InvariantCulture) + "/tcp";

    private Task<bool> VoidAsync(string what, Func<DockerClient, Task> call, CancellationToken cancellationToken) => engine.GuardAsync(
        what,
        async client =>
        {
            await call(client).ConfigureAwait(false);
            return true;
        },
        cancellationToken);
}
