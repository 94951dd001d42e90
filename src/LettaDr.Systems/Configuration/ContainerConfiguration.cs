namespace LettaDr.Systems;

/// <summary>What a container was started with, as items to be compared.</summary>
internal static class ContainerConfiguration
{
    private const int ShownDigits = 12;

    /// <summary>Adds a container's environment, command, mounts and restart policy, under its service.</summary>
    /// <param name="side">Whose it is.</param>
    /// <param name="details">The container.</param>
    /// <param name="folder">The project's folder, from which its mounts are told; null when there is none.</param>
    public static void Add(ConfigurationSide side, ContainerDetails details, string? folder)
    {
        var service = ServiceOf(details);
        side.Services.Add(service);
        side.Kinds.UnionWith([
            ConfigurationItemKind.Variable, ConfigurationItemKind.Command, ConfigurationItemKind.Mount, ConfigurationItemKind.RestartPolicy,
        ]);
        AddEnvironment(side, service, details.Environment);
        side.Add(ConfigurationItemKind.Command, service, string.Empty, string.Join(' ', details.Command));
        side.Add(ConfigurationItemKind.RestartPolicy, service, string.Empty, details.RestartPolicy);
        foreach (var mount in details.Container.Volumes)
        {
            AddMount(side, service, mount, details.Container.Project, folder);
        }
    }

    /// <summary>Adds environment variables.</summary>
    public static void AddEnvironment(ConfigurationSide side, string service, IEnumerable<KeyValuePair<string, string>> environment)
    {
        foreach (var (name, value) in environment)
        {
            side.Add(ConfigurationItemKind.Variable, service, name, value);
        }
    }

    /// <summary>Adds a mount, told so that two projects in two folders can have the same.</summary>
    public static void AddMount(ConfigurationSide side, string service, ContainerVolume mount, string? project, string? folder)
    {
        var source = mount.Kind == "bind" ? ConfigurationPaths.OfHost(mount.Source, folder)
            : mount.Source.Length == 0 || (mount.Source.Length == 64 && mount.Source.All(char.IsAsciiHexDigitLower)) ? "anonymous"
            : project is not null && mount.Source.StartsWith(project + "_", StringComparison.Ordinal) ? mount.Source[(project.Length + 1)..]
            : mount.Source;
        side.Add(ConfigurationItemKind.Mount, service, mount.Destination, $"{mount.Kind} {source}{(mount.ReadOnly ? " read-only" : string.Empty)}");
    }

    /// <summary>Adds an image by its name, and by what that name stood for.</summary>
    /// <param name="side">Whose it is.</param>
    /// <param name="service">The service.</param>
    /// <param name="name">The image as it is named.</param>
    /// <param name="digest"><c>name@sha256:…</c> or <c>sha256:…</c>; null when unknown.</param>
    public static void AddImage(ConfigurationSide side, string service, string? name, string? digest)
    {
        side.Services.Add(service);
        side.Kinds.Add(ConfigurationItemKind.Image);
        var hash = digest?[(digest.LastIndexOf(':') + 1)..];
        side.Add(ConfigurationItemKind.Image, service, string.Empty, hash is null ? $"{name}" : $"{name} (sha256:{hash[..Math.Min(hash.Length, ShownDigits)]})");
    }

    /// <summary>The service that a container is of; its own name outside Compose.</summary>
    public static string ServiceOf(ContainerDetails details) => details.Container.Service ?? details.Container.Name;

    /// <summary>Every container of a deployment, replicas too; those that do not run only where none of their service does.</summary>
    public static async Task<IReadOnlyList<ContainerDetails>> ListAsync(
        DockerEngine engine, LettaDeployment deployment, CancellationToken cancellationToken)
    {
        var all = new List<ContainerDetails>();
        if (deployment.Containers.Select(container => container.Project).FirstOrDefault(name => name is not null) is { } project)
        {
            var labels = new Dictionary<string, string> { [ContainerMapping.ProjectLabel] = project };
            all.AddRange((await engine.ListAsync(all: true, labels, cancellationToken).ConfigureAwait(false))
                .Where(details => !string.Equals(details.Labels.GetValueOrDefault(ContainerMapping.OneOffLabel), "True", StringComparison.OrdinalIgnoreCase)));
        }

        foreach (var container in deployment.Containers.Where(container => container.Id is not null && all.TrueForAll(known => known.Container.Id != container.Id)))
        {
            all.Add(await engine.DescribeAsync(container.Id!, cancellationToken).ConfigureAwait(false));
        }

        return [.. all.Where(details => details.Container.IsRunning || !all.Exists(other => ServiceOf(other) == ServiceOf(details) && other.Container.IsRunning))];
    }
}
