namespace LettaDr.Systems;

/// <summary>A container to be created and started.</summary>
internal sealed record DockerRunRequest
{
    /// <summary>Image by name or digest; it must be in the engine already.</summary>
    public required string Image { get; init; }

    /// <summary>The container's name; null lets Docker choose.</summary>
    public string? Name { get; init; }

    /// <summary>Environment of its first process.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Labels by which it can be found again.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Container port to host port; 0 lets Docker choose the host's.</summary>
    public IReadOnlyDictionary<int, int> Ports { get; init; } = new Dictionary<int, int>();

    /// <summary>Address of this machine on which <see cref="Ports"/> are published.</summary>
    public string PublishAddress { get; init; } = "127.0.0.1";

    /// <summary>Bind mounts, volumes and tmpfs mounts.</summary>
    public IReadOnlyList<ContainerVolume> Volumes { get; init; } = [];

    /// <summary>
    /// User-defined network to join, <c>container:&lt;id&gt;</c> for that of another container, or <c>host</c>; null means Docker's default bridge.
    /// </summary>
    public string? Network { get; init; }

    /// <summary>Names by which others on <see cref="Network"/> reach it.</summary>
    public IReadOnlyList<string> NetworkAliases { get; init; } = [];

    /// <summary>Size of /dev/shm in bytes; null means Docker's default of 64 MB.</summary>
    public long? ShmSizeBytes { get; init; }

    /// <summary>Memory limit in bytes; null means none.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Its part of a processor that others want too, to the 1024 that a container has by default; null means that.</summary>
    public long? CpuShares { get; init; }

    /// <summary>Replaces the image's entry point.</summary>
    public IReadOnlyList<string>? Entrypoint { get; init; }

    /// <summary>Replaces the image's command.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>Directory that its first process begins in; null means the image's.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>When Docker starts it by itself: <c>no</c>, <c>always</c>, <c>unless-stopped</c> or <c>on-failure</c>.</summary>
    public string RestartPolicy { get; init; } = "no";

    /// <summary>User to run as, e.g. <c>postgres</c> or <c>999:999</c>.</summary>
    public string? User { get; init; }
}
