namespace LettaDr;

/// <summary>A throw-away Letta deployment in this machine's Docker: to learn on, to test with, to lose.</summary>
public sealed record LettaSandbox
{
    /// <summary>Its name; also its Compose project, and the beginning of its containers' names.</summary>
    public required string Name { get; init; }

    /// <summary>The deployment, as other cmdlets take it.</summary>
    public required LettaDeployment Deployment { get; init; }

    /// <summary>When it was made, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Name of the Docker network that its containers share with nobody.</summary>
    public required string Network { get; init; }

    /// <summary>Its containers in the order in which they were started: database, cache, server.</summary>
    public required IReadOnlyList<DeploymentContainer> Containers { get; init; }

    /// <summary>The images they run, as they were named.</summary>
    public required IReadOnlyList<string> Images { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
