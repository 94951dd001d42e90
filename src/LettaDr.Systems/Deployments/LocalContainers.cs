using System.Net;
using System.Net.Sockets;

namespace LettaDr.Systems;

/// <summary>The running containers of an engine, looked up by the host and port that somebody connects to.</summary>
internal sealed class LocalContainers(DockerEngine engine, IReadOnlyList<ContainerDetails> running)
{
    /// <summary>The containers themselves.</summary>
    public IReadOnlyList<ContainerDetails> Running => running;

    /// <summary>The container that answers at <paramref name="host"/>:<paramref name="port"/>, and its own port; null when none is known to.</summary>
    /// <param name="host">Host as it is named.</param>
    /// <param name="port">Port as it is named.</param>
    /// <param name="namedBy">The container that names it: a name of Docker's holds within its networks only. Null when none does.</param>
    /// <param name="cancellationToken">Stops the looking.</param>
    public async Task<(ContainerDetails Details, int Port, string Why)?> FindAsync(
        string host, int port, DeploymentMember? namedBy, CancellationToken cancellationToken)
    {
        var addresses = await ResolveAsync(host, cancellationToken).ConfigureAwait(false);
        if (addresses.Count == 0)
        {
            // A name that only Docker's own resolver knows; two projects may both have it, and then nothing is known.
            var named = running.Where(details => details.Aliases.Contains(host, StringComparer.OrdinalIgnoreCase)
                && namedBy?.SharesNetworkWith(details.Networks) != false).ToList();
            return named.Count == 1 ? (named[0], port, $"container {named[0].Container.Name} bears the name {host}") : null;
        }

        var inside = running.FirstOrDefault(details => addresses.Exists(address => details.Addresses.Contains(address.ToString())));
        if (inside is not null)
        {
            return (inside, port, $"container {inside.Container.Name} has the address {host}");
        }

        if (!engine.IsLocal ? host != engine.PublishedHost : !addresses.Exists(IsOwn))
        {
            return null;
        }

        foreach (var details in running)
        {
            foreach (var (own, published) in details.Container.PublishedPorts)
            {
                if (published == port)
                {
                    return (details, own, $"container {details.Container.Name} publishes port {port}");
                }
            }
        }

        var onHost = running.FirstOrDefault(details => details.UsesHostNetwork && details.Ports.Contains(port));
        return onHost is null ? null : (onHost, port, $"container {onHost.Container.Name} uses this machine's network");
    }

    private static bool IsOwn(IPAddress address) =>
        IPAddress.IsLoopback(address) || MachineAddresses.List().Contains(address);

    private async Task<List<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (LettaServer.IsDockerHost(host) || host == engine.PublishedHost)
        {
            return [IPAddress.Loopback];
        }

        if (host.StartsWith('/'))
        {
            return [];
        }

        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(TimeSpan.FromSeconds(2));
            return [.. (await Dns.GetHostAddressesAsync(host, limit.Token).ConfigureAwait(false)).Select(a => a.IsIPv4MappedToIPv6 ? a.MapToIPv4() : a)];
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ArgumentException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return [];
        }
    }
}
