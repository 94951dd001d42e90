using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace LettaDr.Systems;

/// <summary>A Docker engine: its containers, and programs run in them. Everything it throws is a <see cref="LettaDrException"/>.</summary>
internal sealed class DockerEngine : IDisposable
{
    private readonly DockerClient _client;
    private readonly Uri _endpoint;
    private readonly ConcurrentDictionary<string, string?> _digests = new(StringComparer.Ordinal);

    private DockerEngine(DockerClient client, Uri endpoint)
    {
        _client = client;
        _endpoint = endpoint;
        IsLocal = DockerEndpoint.IsLocal(endpoint);
        PublishedHost = IsLocal ? "127.0.0.1" : endpoint.Host;
        Containers = new DockerContainers(this);
    }

    /// <summary>Whether the engine runs on this machine.</summary>
    public bool IsLocal { get; }

    /// <summary>Where published ports answer, as seen from this machine.</summary>
    public string PublishedHost { get; }

    /// <summary>Creating, starting, stopping and removing containers, networks and volumes.</summary>
    public DockerContainers Containers { get; }

    /// <summary>Connects to the engine that DOCKER_HOST names, else to the local one.</summary>
    /// <exception cref="LettaDrException">No engine answers, or this user may not use it.</exception>
    public static Task<DockerEngine> ConnectAsync(CancellationToken cancellationToken) =>
        ConnectAsync(DockerEndpoint.Find(Environment.GetEnvironmentVariable), cancellationToken);

    /// <summary>Connects to the engine that listens at <paramref name="endpoint"/>.</summary>
    /// <exception cref="LettaDrException">No engine answers, or this user may not use it.</exception>
    public static async Task<DockerEngine> ConnectAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        using var configuration = new DockerClientConfiguration(endpoint, defaultTimeout: Timeout.InfiniteTimeSpan);
        var client = configuration.CreateClient();
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(TimeSpan.FromSeconds(5));
            await client.System.PingAsync(limit.Token).ConfigureAwait(false);
            return new DockerEngine(client, endpoint);
        }
        catch (Exception exception)
        {
            client.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw DockerFaults.NotReachable(endpoint, exception);
        }
    }

    /// <summary>As <see cref="ConnectAsync(CancellationToken)"/>, but null when there is no engine.</summary>
    public static async Task<DockerEngine?> TryConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ConnectAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (LettaDrException)
        {
            return null;
        }
    }

    /// <summary>Runs a program in a running container until it ends.</summary>
    /// <param name="containerId">Container by identifier or name.</param>
    /// <param name="command">The program and its arguments; never a secret, which belongs into <paramref name="environment"/>.</param>
    /// <param name="environment">Added to the container's own environment.</param>
    /// <param name="standardInput">What the program reads, to its end; null gives it none.</param>
    /// <param name="standardOutput">Where its output goes as it comes; null drops it.</param>
    /// <param name="user">User to run as; null means the container's.</param>
    /// <param name="cancellationToken">Ends the program; the call returns when it has really ended.</param>
    /// <exception cref="Exception">Whatever <paramref name="standardInput"/> or <paramref name="standardOutput"/> threw; the program has been ended.</exception>
    public async Task<DockerExecResult> ExecAsync(
        string containerId, IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment,
        Stream? standardInput, Stream? standardOutput, string? user, CancellationToken cancellationToken)
    {
        var exec = new DockerExec(_client, containerId, user);
        var result = await GuardAsync(
            $"run {command[0]} in container {containerId}",
            _ => exec.RunAsync(command, environment, standardInput, standardOutput, cancellationToken),
            cancellationToken).ConfigureAwait(false);
        if (exec.CallerFault is { } fault)
        {
            ExceptionDispatchInfo.Throw(fault);
        }

        return result;
    }

    /// <summary>Writes a file into a container, owned by root, readable by its owner alone.</summary>
    /// <param name="containerId">Container by identifier or name; it need not run.</param>
    /// <param name="path">Absolute path in the container; its folder must exist. A tmpfs mount cannot be written to this way.</param>
    /// <param name="content">The bytes, read once.</param>
    /// <param name="length">Exactly how many bytes <paramref name="content"/> gives.</param>
    /// <param name="cancellationToken">Stops the copy; part of the file may then exist.</param>
    public Task CopyToAsync(string containerId, string path, Stream content, long length, CancellationToken cancellationToken)
    {
        var separator = path.LastIndexOf('/');
        ArgumentOutOfRangeException.ThrowIfNegative(separator, nameof(path));
        return GuardAsync(
            $"copy to {path} in container {containerId}",
            async client =>
            {
                using var tar = new SingleFileTar(path[(separator + 1)..], content, length);
                var target = new ContainerPathStatParameters { Path = separator == 0 ? "/" : path[..separator] };
                await client.Containers.ExtractArchiveToContainerAsync(containerId, target, tar, cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Unpacks a tar archive in a container, which need not run.</summary>
    public Task ExtractAsync(string containerId, string folder, Stream tar, CancellationToken cancellationToken) => GuardAsync(
        $"unpack files in {folder} of container {containerId}",
        async client =>
        {
            await client.Containers.ExtractArchiveToContainerAsync(
                containerId, new ContainerPathStatParameters { Path = folder }, tar, cancellationToken).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    /// <summary>One container.</summary>
    /// <exception cref="LettaDrException">There is none of that name.</exception>
    public async Task<DeploymentContainer> InspectAsync(string idOrName, CancellationToken cancellationToken) =>
        (await DescribeAsync(idOrName, cancellationToken).ConfigureAwait(false)).Container;

    /// <summary>One container with its environment, labels and limits.</summary>
    public Task<ContainerDetails> DescribeAsync(string idOrName, CancellationToken cancellationToken) => GuardAsync(
        $"inspect container {idOrName}",
        async client =>
        {
            var inspected = await client.Containers.InspectContainerAsync(idOrName, cancellationToken).ConfigureAwait(false);
            var digest = await DigestAsync(client, inspected.Image, inspected.Config.Image, cancellationToken).ConfigureAwait(false);
            return ContainerMapping.Map(inspected, digest, IsLocal);
        },
        cancellationToken);

    /// <summary>
    /// Containers that bear all of <paramref name="labels"/>, whatever their value where it is empty; with <paramref name="all"/> also
    /// those that do not run.
    /// </summary>
    public async Task<IReadOnlyList<ContainerDetails>> ListAsync(
        bool all, IReadOnlyDictionary<string, string>? labels, CancellationToken cancellationToken)
    {
        var parameters = new ContainersListParameters { All = all };
        if (labels is { Count: > 0 })
        {
            parameters.Filters = new Dictionary<string, IDictionary<string, bool>>
            {
                ["label"] = labels.ToDictionary(pair => pair.Value.Length == 0 ? pair.Key : $"{pair.Key}={pair.Value}", _ => true),
            };
        }

        var listed = await GuardAsync(
            "list containers", client => client.Containers.ListContainersAsync(parameters, cancellationToken), cancellationToken).ConfigureAwait(false);
        var containers = new List<ContainerDetails>(listed.Count);
        foreach (var container in listed.OrderBy(container => container.Names.FirstOrDefault(), StringComparer.Ordinal))
        {
            try
            {
                containers.Add(await DescribeAsync(container.ID, cancellationToken).ConfigureAwait(false));
            }
            catch (LettaDrException fault) when (fault.Kind == FaultKind.NotFound)
            {
                // Removed since it was listed.
            }
        }

        return containers;
    }

    /// <summary>What running containers have for a label, each value once and in order: in one question, however many there are.</summary>
    public async Task<IReadOnlyList<string>> LabelValuesAsync(string label, CancellationToken cancellationToken)
    {
        var listed = await GuardAsync(
            "list containers", client => client.Containers.ListContainersAsync(new ContainersListParameters(), cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        return [.. listed.Select(container => container.Labels.TryGetValue(label, out var value) ? value : null).OfType<string>()
            .Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>The container's memory limit in bytes; null when it has none.</summary>
    public async Task<long?> MemoryLimitBytesAsync(string idOrName, CancellationToken cancellationToken) =>
        (await DescribeAsync(idOrName, cancellationToken).ConfigureAwait(false)).MemoryLimitBytes;

    /// <summary>Size of the container's /dev/shm in bytes.</summary>
    public async Task<long> ShmSizeBytesAsync(string idOrName, CancellationToken cancellationToken) =>
        (await DescribeAsync(idOrName, cancellationToken).ConfigureAwait(false)).ShmSizeBytes;

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    /// <summary>Makes a call of the engine and turns its failures into ours.</summary>
    internal async Task<T> GuardAsync<T>(string what, Func<DockerClient, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call(_client).ConfigureAwait(false);
        }
        catch (DockerApiException exception)
        {
            throw DockerFaults.Refused(what, exception);
        }
        catch (Exception exception) when (exception is not LettaDrException && cancellationToken.IsCancellationRequested)
        {
            // What a call throws when its connection is cut under it is only another way to say so.
            throw new OperationCanceledException("The operation was stopped.", exception, cancellationToken);
        }
        catch (Exception exception) when (exception is OperationCanceledException || DockerFaults.IsTransport(exception))
        {
            throw DockerFaults.Lost(_endpoint, $"it was to {what}", exception);
        }
    }

    private async Task<string?> DigestAsync(DockerClient client, string imageId, string name, CancellationToken cancellationToken)
    {
        if (_digests.TryGetValue(imageId, out var known))
        {
            return known;
        }

        try
        {
            var image = await client.Images.InspectImageAsync(imageId, cancellationToken).ConfigureAwait(false);
            var digests = image.RepoDigests ?? [];
            var repository = name.Split('@')[0];
            var digest = digests.FirstOrDefault(d => repository.StartsWith(d.Split('@')[0], StringComparison.Ordinal)) ?? digests.FirstOrDefault() ?? imageId;
            return _digests[imageId] = digest;
        }
        catch (DockerApiException)
        {
            // The image was removed under its container; its identifier is still what ran.
            return imageId;
        }
    }
}
