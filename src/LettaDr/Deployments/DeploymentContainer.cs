namespace LettaDr;

/// <summary>A container of a deployment, running or only defined.</summary>
public sealed record DeploymentContainer
{
    /// <summary>Docker's identifier; null when the container does not exist yet.</summary>
    public string? Id { get; init; }

    /// <summary>The container's name without a leading slash, or the service's name when it does not exist.</summary>
    public required string Name { get; init; }

    /// <summary>The Compose service it belongs to; null outside Compose.</summary>
    public string? Service { get; init; }

    /// <summary>The Compose project it belongs to; null outside Compose.</summary>
    public string? Project { get; init; }

    /// <summary>The image as it was named, e.g. <c>pgvector/pgvector:pg17</c>.</summary>
    public string? Image { get; init; }

    /// <summary>The repository digest (<c>name@sha256:…</c>) where the image has one, else the image's own <c>sha256:…</c> identifier.</summary>
    public string? ImageDigest { get; init; }

    /// <summary>Docker's state (<c>running</c>, <c>exited</c>, …); null when the container does not exist.</summary>
    public string? State { get; init; }

    /// <summary>The container's own address on its first network that this machine can route to; null when it has none.</summary>
    public string? Address { get; init; }

    /// <summary>Ports published on this machine: container port to host port.</summary>
    public IReadOnlyDictionary<int, int> PublishedPorts { get; init; } = new Dictionary<int, int>();

    /// <summary>Its mounts.</summary>
    public IReadOnlyList<ContainerVolume> Volumes { get; init; } = [];

    /// <summary>Whether Docker says that it runs.</summary>
    public bool IsRunning => State == "running";

    /// <inheritdoc/>
    public override string ToString() => Name;
}
