namespace LettaDr.Systems;

/// <summary>
/// Where what runs in a container answers after it was started again: it may have another address then, and another port where Docker
/// chooses it; one that was found stopped had neither.
/// </summary>
internal static class ContainerAddress
{
    /// <param name="engine">The engine.</param>
    /// <param name="host">Where it answered.</param>
    /// <param name="port">The port there.</param>
    /// <param name="before">The container then.</param>
    /// <param name="now">The container now.</param>
    public static (string Host, int Port) After(DockerEngine engine, string host, int port, DeploymentContainer before, DeploymentContainer now)
    {
        var inside = before.PublishedPorts.Where(pair => pair.Value == port).Select(pair => pair.Key).FirstOrDefault(port);
        var isPublished = host != before.Address && before.PublishedPorts.Values.Contains(port);
        if (!isPublished && now.Address is { } address)
        {
            return (address, inside);
        }

        return now.PublishedPorts.TryGetValue(inside, out var published) ? (isPublished ? host : engine.PublishedHost, published) : (host, port);
    }
}
