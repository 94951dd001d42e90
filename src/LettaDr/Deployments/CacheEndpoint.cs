namespace LettaDr;

/// <summary>Where a Letta deployment's Redis is, as seen from this machine.</summary>
public sealed record CacheEndpoint
{
    /// <summary>Host name or address.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port.</summary>
    public int Port { get; init; } = 6379;

    /// <summary>Its password; Letta itself passes none.</summary>
    public Secret? Password { get; init; }

    /// <summary>The container that runs it; null when it is not in this machine's Docker.</summary>
    public DeploymentContainer? Container { get; init; }

    /// <summary><c>host:port</c>.</summary>
    public override string ToString() => $"{Host}:{Port}";
}
