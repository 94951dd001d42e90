namespace LettaDr.Systems;

/// <summary>How this machine reaches a port of a member.</summary>
internal sealed record MemberRoute(string Host, int Port, string Source)
{
    // Enough for a machine that is busy with everything else: what is taken for unreachable here is reached by a slower road.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The container's own address when it answers there: Docker's proxy for published ports halves the throughput. Else the published port.
    /// </summary>
    public static async Task<MemberRoute> FindAsync(
        DeploymentMember member, int port, DockerEngine? engine, CancellationToken cancellationToken)
    {
        var container = member.Container;
        if (container.Address is { } address
            && await TcpReach.TryAsync(address, port, Limit, cancellationToken).ConfigureAwait(false) is null)
        {
            return new MemberRoute(address, port, $"address of container {container.Name}, which answers");
        }

        if (container.PublishedPorts.TryGetValue(port, out var hostPort))
        {
            var host = member.PublishedHosts.GetValueOrDefault(port) ?? engine?.PublishedHost ?? "127.0.0.1";
            return new MemberRoute(host, hostPort, $"published port of {member.Origin}");
        }

        if (member.UsesHostNetwork)
        {
            return new MemberRoute(engine?.PublishedHost ?? "127.0.0.1", port, $"{member.Origin} uses the host's network");
        }

        return container.Address is { } silent
            ? new MemberRoute(silent, port, $"address of container {container.Name}, which does not answer")
            : new MemberRoute(container.Name, port, $"name of {member.Origin}; it publishes no port that answers, and has no address");
    }
}
