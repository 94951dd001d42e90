using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Docker.DotNet.Models;

namespace LettaDr.Systems;

/// <summary>Docker's description of a container in LettaDr's words.</summary>
internal static class ContainerMapping
{
    public const string ProjectLabel = "com.docker.compose.project";
    public const string ServiceLabel = "com.docker.compose.service";

    public static ContainerDetails Map(ContainerInspectResponse inspected, string? imageDigest, bool engineIsLocal)
    {
        var labels = new Dictionary<string, string>(inspected.Config.Labels ?? new Dictionary<string, string>());
        var networks = inspected.NetworkSettings?.Networks?.Values ?? [];
        var name = inspected.Name.TrimStart('/');
        var container = new DeploymentContainer
        {
            Id = inspected.ID,
            Name = name,
            Project = labels.GetValueOrDefault(ProjectLabel),
            Service = labels.GetValueOrDefault(ServiceLabel),
            Image = inspected.Config.Image,
            ImageDigest = imageDigest ?? inspected.Image,
            State = inspected.State.Status,
            Address = engineIsLocal && inspected.State.Running ? RoutableAddress(inspected, networks) : null,
            PublishedPorts = Published(inspected).ToDictionary(binding => binding.Port, binding => binding.HostPort),
            Volumes = [.. (inspected.Mounts ?? []).Select(MapMount)],
        };

        return new ContainerDetails
        {
            Container = container,
            ProcessId = engineIsLocal && inspected.State is { Running: true, Pid: > 0 } ? inspected.State.Pid : null,
            Environment = ParseEnvironment(inspected.Config.Env ?? []),
            Labels = labels,
            Aliases =
            [
                .. new[] { name, inspected.Config.Hostname, inspected.ID[..12] }
                    .Concat(networks.SelectMany(network => network.Aliases ?? []))
                    .Where(alias => !string.IsNullOrEmpty(alias)).Distinct(StringComparer.OrdinalIgnoreCase),
            ],
            Addresses = [.. networks.SelectMany(n => new[] { n.IPAddress, n.GlobalIPv6Address }).Where(a => !string.IsNullOrEmpty(a)).Distinct()],
            Networks = [.. networks.Select(network => network.NetworkID).Where(id => !string.IsNullOrEmpty(id)).Distinct(StringComparer.Ordinal)],
            Ports = [.. (inspected.NetworkSettings?.Ports?.Keys ?? inspected.Config.ExposedPorts?.Keys ?? []).Select(TcpPort).OfType<int>().Distinct()],
            PublishedHosts = Published(inspected)
                .Where(binding => !string.IsNullOrEmpty(binding.Host) && binding.Host is not ("0.0.0.0" or "::"))
                .DistinctBy(binding => binding.Port).ToDictionary(binding => binding.Port, binding => binding.Host),
            Command = [inspected.Path, .. inspected.Args ?? []],
            UsesHostNetwork = inspected.HostConfig.NetworkMode == "host",
            MemoryLimitBytes = inspected.HostConfig.Memory > 0 ? inspected.HostConfig.Memory : null,
            ShmSizeBytes = inspected.HostConfig.ShmSize,
        };
    }

    private static ContainerVolume MapMount(MountPoint mount) => new(
        mount.Type ?? "bind",
        mount.Type == "volume" ? mount.Name : mount.Source ?? string.Empty,
        mount.Destination,
        !mount.RW);

    /// <summary>One binding for each published TCP port; IPv4 first, as Docker lists them.</summary>
    private static IEnumerable<(int Port, string Host, int HostPort)> Published(ContainerInspectResponse inspected)
    {
        foreach (var (key, bindings) in inspected.NetworkSettings?.Ports ?? new Dictionary<string, IList<PortBinding>>())
        {
            var binding = bindings?.FirstOrDefault(binding => !string.IsNullOrEmpty(binding.HostPort));
            if (binding is not null && TcpPort(key) is { } port)
            {
                yield return (port, binding.HostIP, int.Parse(binding.HostPort, CultureInfo.InvariantCulture));
            }
        }
    }

    private static int? TcpPort(string key) =>
        key.EndsWith("/tcp", StringComparison.Ordinal)
        && int.TryParse(key.AsSpan(0, key.Length - 4), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? port : null;

    private static Dictionary<string, string> ParseEnvironment(IEnumerable<string> pairs)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in pairs)
        {
            var separator = pair.IndexOf('=', StringComparison.Ordinal);
            if (separator > 0)
            {
                environment[pair[..separator]] = pair[(separator + 1)..];
            }
        }

        return environment;
    }

    /// <summary>The first address on a network in which this machine has an address too: a bridge of its own, as a rule.</summary>
    private static string? RoutableAddress(ContainerInspectResponse inspected, IEnumerable<EndpointSettings> networks)
    {
        if (inspected.HostConfig.NetworkMode == "host")
        {
            return "127.0.0.1";
        }

        var own = OwnAddresses();
        return networks
            .Where(network => IPAddress.TryParse(network.IPAddress, out var address)
                && own.Exists(mine => SameSubnet(mine, address, (int)network.IPPrefixLen)))
            .Select(network => network.IPAddress)
            .FirstOrDefault();
    }

    /// <summary>
    /// This machine's addresses. .NET reads the interfaces one after the other and fails when one goes meanwhile, as with each container
    /// that stops on a busy host; the next reading has other luck.
    /// </summary>
    private static List<IPAddress> OwnAddresses()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return
                [
                    .. NetworkInterface.GetAllNetworkInterfaces()
                        .SelectMany(network => network.GetIPProperties().UnicastAddresses)
                        .Where(unicast => unicast.Address.AddressFamily == AddressFamily.InterNetwork)
                        .Select(unicast => unicast.Address),
                ];
            }
            catch (Exception gone) when (attempt < 20 && gone is (ArgumentException or NetworkInformationException))
            {
                Thread.Sleep(10);
            }
        }
    }

    private static bool SameSubnet(IPAddress left, IPAddress right, int prefixLength)
    {
        if (prefixLength is <= 0 or > 32)
        {
            return false;
        }

        var mask = uint.MaxValue << (32 - prefixLength);
        return (Number(left) & mask) == (Number(right) & mask);
    }

    private static uint Number(IPAddress address) =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes());
}
