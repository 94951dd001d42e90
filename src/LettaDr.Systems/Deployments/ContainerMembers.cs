namespace LettaDr.Systems;

/// <summary>Containers as members of a deployment.</summary>
internal static class ContainerMembers
{
    /// <summary>A container as a member.</summary>
    public static DeploymentMember From(ContainerDetails details)
    {
        var origin = $"container {details.Container.Name}";
        return new DeploymentMember
        {
            Name = details.Container.Service ?? details.Container.Name,
            Origin = origin,
            Container = details.Container,
            Environment = details.Environment.ToDictionary(
                pair => pair.Key, pair => new SourcedText(pair.Value, $"{origin} environment {pair.Key}"), StringComparer.Ordinal),
            Aliases = details.Aliases,
            Addresses = details.Addresses,
            Networks = details.Networks,
            Ports = details.Ports,
            PublishedHosts = details.PublishedHosts,
            Command = details.Command,
            UsesHostNetwork = details.UsesHostNetwork,
        };
    }

    /// <summary>A service of a Compose file together with the container that runs it, if one does.</summary>
    /// <remarks>What the file says goes before what the container was started with; the container knows its addresses and its state.</remarks>
    public static DeploymentMember Join(DeploymentMember service, IReadOnlyList<ContainerDetails> containers)
    {
        var details = containers
            .Where(candidate => candidate.Container.Service == service.Name)
            .OrderByDescending(candidate => candidate.Container.IsRunning)
            .FirstOrDefault();
        if (details is null)
        {
            return service;
        }

        var running = From(details);
        var environment = new Dictionary<string, SourcedText>(running.Environment, StringComparer.Ordinal);
        foreach (var (name, value) in service.Environment)
        {
            environment[name] = value;
        }

        return service with
        {
            Container = running.Container,
            Environment = environment,
            Aliases = [.. service.Aliases.Union(running.Aliases, StringComparer.OrdinalIgnoreCase)],
            Addresses = running.Addresses,
            Networks = running.Networks,
            Ports = [.. service.Ports.Union(running.Ports)],
            PublishedHosts = running.PublishedHosts,
            Command = service.Command.Count > 0 ? service.Command : running.Command,
            UsesHostNetwork = running.UsesHostNetwork,
        };
    }
}
