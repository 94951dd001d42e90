namespace LettaDr;

/// <summary>The order in which services can be started: each after all that it needs.</summary>
internal static class ComposeOrder
{
    /// <summary>These services and all that they need, those needed first; otherwise as they stand in the files.</summary>
    /// <param name="services">All services of the project.</param>
    /// <param name="wanted">Names of those wanted; all when null.</param>
    /// <exception cref="LettaDrException">A service is not there, or services need one another in a circle.</exception>
    public static IReadOnlyList<ComposeService> Of(IReadOnlyList<ComposeService> services, IReadOnlyCollection<string>? wanted = null)
    {
        var byName = services.ToDictionary(service => service.Name, StringComparer.Ordinal);
        var order = new List<ComposeService>();
        var path = new List<string>();
        foreach (var name in wanted ?? [.. byName.Keys])
        {
            Visit(name, isRequired: true);
        }

        return order;

        void Visit(string name, bool isRequired)
        {
            if (!byName.TryGetValue(name, out var service))
            {
                if (!isRequired)
                {
                    return;
                }

                throw new LettaDrException(
                    "ComposeServiceNotFound", FaultKind.NotFound,
                    path.Count == 0 ? $"The Compose project has no service {name}." : $"The service {path[^1]} needs {name}, and the Compose project has no such service.",
                    $"Its services are: {string.Join(", ", byName.Keys)}.", name);
            }

            if (order.Contains(service))
            {
                return;
            }

            if (path.Contains(name))
            {
                throw new LettaDrException(
                    "ComposeServicesCircular", FaultKind.InvalidArgument, $"Services need one another in a circle: {string.Join(" → ", path.SkipWhile(step => step != name))} → {name}.",
                    "Take one of them out of depends_on.", name);
            }

            path.Add(name);
            foreach (var dependency in service.DependsOn)
            {
                Visit(dependency.Service, dependency.IsRequired);
            }

            path.RemoveAt(path.Count - 1);
            order.Add(service);
        }
    }
}
