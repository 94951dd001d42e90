namespace LettaDr;

/// <summary>A Letta deployment: its database, cache, server, containers, and where each of these facts came from.</summary>
public sealed record LettaDeployment
{
    /// <summary>Its name: the Compose project, or the database's name. Sets in a repository are kept under it.</summary>
    public required string Name { get; init; }

    /// <summary>The PostgreSQL database.</summary>
    public required DatabaseEndpoint Database { get; init; }

    /// <summary>Redis; null when the deployment has none of its own.</summary>
    public CacheEndpoint? Cache { get; init; }

    /// <summary>The Letta server; null when only the database is known.</summary>
    public ServerEndpoint? Server { get; init; }

    /// <summary>Its Compose project on this machine; null when it has none, or nobody knows where.</summary>
    public ComposeLocation? Compose { get; init; }

    /// <summary>Every container of the deployment, running or defined.</summary>
    public IReadOnlyList<DeploymentContainer> Containers { get; init; } = [];

    /// <summary>What was found and where, in the order found.</summary>
    public IReadOnlyList<DiscoveredFact> Facts { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
