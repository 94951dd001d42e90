namespace LettaDr.Systems;

/// <summary>Pairs of configurations within one deployment: containers with what the Compose files say now, and replicas with each other.</summary>
/// <param name="engine">The Docker engine.</param>
/// <param name="deployment">The deployment.</param>
internal sealed class InstanceComparison(DockerEngine engine, LettaDeployment deployment)
{
    // The Docker client's own configuration brings them into containers; no Compose file tells of them.
    private static readonly HashSet<string> ProxyVariables = new(StringComparer.OrdinalIgnoreCase)
    {
        "HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY",
    };

    /// <summary>Containers looked at.</summary>
    public int Containers { get; private set; }

    /// <summary>The pairs to compare.</summary>
    /// <param name="withFiles">Whether replicas are also compared by the files that they hold themselves.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="LettaDrException">The Compose files cannot be read.</exception>
    public async Task<IReadOnlyList<(ConfigurationSide Left, ConfigurationSide Right)>> PairsAsync(bool withFiles, CancellationToken cancellationToken)
    {
        var containers = await ContainerConfiguration.ListAsync(engine, deployment, cancellationToken).ConfigureAwait(false);
        Containers = containers.Count;
        var pairs = new List<(ConfigurationSide, ConfigurationSide)>();
        if (deployment.Compose is { } compose)
        {
            var members = ReadProject(compose).Members.ToDictionary(member => member.Name, StringComparer.Ordinal);
            foreach (var details in containers.Where(details => members.ContainsKey(ContainerConfiguration.ServiceOf(details))))
            {
                pairs.Add(await AgainstFilesAsync(members[ContainerConfiguration.ServiceOf(details)], details, cancellationToken).ConfigureAwait(false));
            }
        }

        foreach (var replicas in containers.GroupBy(ContainerConfiguration.ServiceOf).Select(group => group.ToList()).Where(group => group.Count > 1))
        {
            var first = await ReplicaAsync(replicas[0], withFiles, cancellationToken).ConfigureAwait(false);
            foreach (var other in replicas.Skip(1))
            {
                pairs.Add((first, await ReplicaAsync(other, withFiles, cancellationToken).ConfigureAwait(false)));
            }
        }

        return pairs;
    }

    private ComposeProject ReadProject(ComposeLocation compose)
    {
        var variables = Path.Combine(compose.Folder, ".env");
        return new DeploymentDiscovery(compose.Folder).ReadProject(
            compose.Files, deployment.Containers.Select(container => container.Project).FirstOrDefault(name => name is not null) ?? deployment.Name,
            path => path == variables && compose.EnvironmentFiles.Count > 0 ? string.Join('\n', compose.EnvironmentFiles.Where(File.Exists).Select(File.ReadAllText)) : null);
    }

    private async Task<(ConfigurationSide Files, ConfigurationSide Container)> AgainstFilesAsync(
        DeploymentMember member, ContainerDetails details, CancellationToken cancellationToken)
    {
        var files = new ConfigurationSide("the Compose files");
        var running = new ConfigurationSide($"container {details.Container.Name}");
        var name = member.Container.Image ?? details.Container.Image!;
        var image = await engine.Containers.FindImageAsync(name, cancellationToken).ConfigureAwait(false)
            ?? await engine.Containers.FindImageAsync(details.ImageId, cancellationToken).ConfigureAwait(false);
        ContainerConfiguration.AddImage(files, member.Name, name, image?.Id ?? details.ImageId);
        ContainerConfiguration.AddImage(running, member.Name, details.Container.Image, details.ImageId);

        files.Kinds.UnionWith([ConfigurationItemKind.Variable, ConfigurationItemKind.Mount]);
        ContainerConfiguration.Add(running, details, deployment.Compose!.Folder);
        ContainerConfiguration.AddEnvironment(files, member.Name, image?.Environment ?? new Dictionary<string, string>());
        ContainerConfiguration.AddEnvironment(files, member.Name, member.Environment.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Value)));
        foreach (var mount in member.Container.Volumes.Where(mount => mount.Kind is "bind" or "volume" && mount.Source.Length > 0))
        {
            // The files name volumes by their own project, which docker compose -p need not have taken.
            ContainerConfiguration.AddMount(files, member.Name, mount, member.Container.Project, deployment.Compose.Folder);
        }

        // What images and secrets bring is not in the files' list of mounts.
        foreach (var item in running.Items.Keys.Where(item => !files.Items.ContainsKey(item)
            && (item.Kind == ConfigurationItemKind.Mount || (item.Kind == ConfigurationItemKind.Variable && ProxyVariables.Contains(item.Name)))).ToList())
        {
            running.Items.Remove(item);
        }

        return (files, running);
    }

    private async Task<ConfigurationSide> ReplicaAsync(ContainerDetails details, bool withFiles, CancellationToken cancellationToken)
    {
        var side = new ConfigurationSide($"container {details.Container.Name}");
        ContainerConfiguration.Add(side, details, deployment.Compose?.Folder);
        ContainerConfiguration.AddImage(side, ContainerConfiguration.ServiceOf(details), details.Container.Image, details.ImageId);
        if (withFiles)
        {
            var isServer = deployment.Server?.Container is { } server && server.Service == details.Container.Service;
            var alone = deployment with
            {
                Compose = null, Containers = [details.Container], Server = isServer ? deployment.Server! with { Container = details.Container } : null,
            };
            await new DeploymentConfiguration(engine).AddFilesAsync(side, alone, cancellationToken).ConfigureAwait(false);
        }

        return side;
    }
}
