namespace LettaDr.Systems;

/// <summary>A container with what only discovery may see: its environment can hold secrets.</summary>
internal sealed record ContainerDetails
{
    /// <summary>What users may see of it.</summary>
    public required DeploymentContainer Container { get; init; }

    /// <summary>Environment of its first process, the image's own included.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The identifier of the image that it was made from, <c>sha256:…</c>; empty when unknown.</summary>
    public string ImageId { get; init; } = string.Empty;

    /// <summary>Its labels.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Names by which other containers reach it: container name, host name, network aliases.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>Its addresses on all its networks.</summary>
    public required IReadOnlyList<string> Addresses { get; init; }

    /// <summary>Its networks, by identifier.</summary>
    public IReadOnlyList<string> Networks { get; init; } = [];

    /// <summary>Container ports, published or only exposed.</summary>
    public required IReadOnlyList<int> Ports { get; init; }

    /// <summary>Where on this machine a published container port answers, when that is not every address.</summary>
    public IReadOnlyDictionary<int, string> PublishedHosts { get; init; } = new Dictionary<int, string>();

    /// <summary>Its command with arguments.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Whether it uses the engine's own network instead of one of Docker's.</summary>
    public bool UsesHostNetwork { get; init; }

    /// <summary>Memory limit in bytes; null when there is none.</summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>Size of /dev/shm in bytes.</summary>
    public long ShmSizeBytes { get; init; }

    /// <summary>When Docker starts it by itself: <c>no</c>, <c>always</c>, <c>unless-stopped</c>, <c>on-failure</c>.</summary>
    public string RestartPolicy { get; init; } = "no";

    /// <summary>How often <c>on-failure</c> tries; 0 for no limit.</summary>
    public int MaximumRetries { get; init; }

    /// <summary>Whether Docker removes it when it stops.</summary>
    public bool IsRemovedWhenStopped { get; init; }

    /// <summary>What its health check says (<c>starting</c>, <c>healthy</c>, <c>unhealthy</c>); null when it has none.</summary>
    public string? Health { get; init; }

    /// <summary>The end of what its last health check wrote; null when there is none.</summary>
    public string? HealthOutput { get; init; }

    /// <summary>The exit code of its first process; meaningful when that has ended.</summary>
    public long ExitCode { get; init; }
}
