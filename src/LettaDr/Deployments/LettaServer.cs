namespace LettaDr;

/// <summary>Facts about the Letta server that discovery goes by.</summary>
internal static class LettaServer
{
    /// <summary>The port of its REST API.</summary>
    public const int DefaultPort = 8283;

    /// <summary>Whether a host name means the machine or container that says it.</summary>
    public static bool IsItself(string host) => host.ToLowerInvariant() is "localhost" or "127.0.0.1" or "::1";

    /// <summary>Whether a host name means the machine that runs the containers.</summary>
    public static bool IsDockerHost(string host) => host.ToLowerInvariant() is "host.docker.internal" or "gateway.docker.internal";
}
