namespace LettaDr;

/// <summary>A file of a deployment's configuration.</summary>
public sealed record ConfigurationFile
{
    /// <summary>
    /// Where a restore puts it, relative to its destination: its path in the project's folder; below <c>_outside</c> when it lay
    /// elsewhere on the machine, below <c>_containers</c> when it lay in a container only.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>Its full path as it was, on the machine or in the container.</summary>
    public required string OriginalPath { get; init; }

    /// <summary>The service, or container, in which it lay; null when it lay on the machine.</summary>
    public string? Container { get; init; }

    /// <summary>What it is, e.g. <c>Compose file</c>, <c>env_file of letta_server</c>.</summary>
    public required string Purpose { get; init; }

    /// <summary>Its permissions in octal, e.g. <c>640</c>; null where the system has none such.</summary>
    public string? Mode { get; init; }

    /// <summary>Its size in bytes as it was.</summary>
    public required long Size { get; init; }

    /// <summary>How it is kept.</summary>
    public required FileProtection Protection { get; init; }

    /// <summary>The file of the set that holds it; null when none does.</summary>
    public string? StoredAs { get; init; }

    /// <summary>Names of the secrets in it, never their values.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => Path;
}
