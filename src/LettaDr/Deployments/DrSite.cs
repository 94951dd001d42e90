namespace LettaDr;

/// <summary>A place where a deployment can be brought up when its own is lost.</summary>
public sealed record DrSite
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its Docker engine, e.g. <c>unix:///var/run/docker.sock</c> or <c>tcp://dr.example.org:2376</c>.</summary>
    public required Uri Docker { get; init; }

    /// <summary>The directory with the copies of the sets, as this machine reaches it; null when it uses the plan's own repository.</summary>
    public string? Repository { get; init; }

    /// <summary>The folder there that a configuration is restored to; null when none is settled.</summary>
    public string? Destination { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
