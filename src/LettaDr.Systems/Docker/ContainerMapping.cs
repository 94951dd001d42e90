using System.Globalization;
using System.Net;
using Docker.DotNet.Models;

namespace LettaDr.Systems;

/// <summary>Docker's description of a container in LettaDr's words.</summary>
internal static class ContainerMapping
{
    public const string ProjectLabel = "com.docker.compose.project";
    public const string FilesLabel = "com.docker.compose.project.config_files";
    public const string FolderLabel = "com.docker.compose.project.working_dir";
    public const string EnvironmentFilesLabel = "com.docker.compose.project.environment_file";
    public const string ServiceLabel = "com.docker.compose.service";
    public const string OneOffLabel = "com.docker.compose.oneoff";

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
            ImageId = inspected.Image ?? string.Empty,
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
            RestartPolicy = PolicyName(inspected.HostConfig.RestartPolicy?.Name),
            MaximumRetries = (int)(inspected.HostConfig.RestartPolicy?.MaximumRetryCount ?? 0),
            IsRemovedWhenStopped = inspected.HostConfig.AutoRemove,
            Health = inspected.State.Health?.Status is { Length: > 0 } health and not "none" ? health : null,
            HealthOutput = inspected.State.Health?.Log?.LastOrDefault()?.Output?.Trim(),
            ExitCode = inspected.State.ExitCode,
        };
    }

    private static string PolicyName(RestartPolicyKind? kind) => kind switch
    {
        RestartPolicyKind.Always => "always",
        RestartPolicyKind.UnlessStopped => "unless-stopped",
        RestartPolicyKind.OnFailure => "on-failure",
        _ => "no",
    };

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

    public static Dictionary<string, string> ParseEnvironment(IEnumerable<string> pairs)
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

        var own = MachineAddresses.List();
        return networks
            .Where(network => IPAddress.TryParse(network.IPAddress, out var address)
                && own.Exists(mine => mine.AddressFamily == address.AddressFamily && SameSubnet(mine, address, (int)network.IPPrefixLen)))
            .Select(network => network.IPAddress)
            .FirstOrDefault();
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
