namespace LettaDr.Systems;

/// <summary>Where a Docker engine listens, as the docker client would find it.</summary>
internal static class DockerEndpoint
{
    /// <summary>DOCKER_HOST, else the first socket that exists: the system's, a rootless engine's, Docker Desktop's.</summary>
    /// <param name="variable">The value of an environment variable.</param>
    /// <exception cref="LettaDrException">DOCKER_HOST cannot be understood, or names a transport that is not supported.</exception>
    public static Uri Find(Func<string, string?> variable)
    {
        var configured = variable("DOCKER_HOST");
        if (!string.IsNullOrWhiteSpace(configured))
        {
            return Parse(configured.Trim(), !string.IsNullOrEmpty(variable("DOCKER_TLS_VERIFY")));
        }

        if (OperatingSystem.IsWindows())
        {
            return new Uri("npipe://./pipe/docker_engine");
        }

        const string system = "/var/run/docker.sock";
        var runtime = variable("XDG_RUNTIME_DIR");
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string[] candidates =
        [
            system,
            string.IsNullOrEmpty(runtime) ? system : Path.Combine(runtime, "docker.sock"),
            Path.Combine(home, ".docker/run/docker.sock"),
        ];
        return new Uri("unix://" + (candidates.FirstOrDefault(File.Exists) ?? system));
    }

    /// <summary>Whether containers' own networks could be this machine's.</summary>
    public static bool IsLocal(Uri endpoint) =>
        endpoint.Scheme is "unix" or "npipe" || endpoint.IsLoopback;

    private static Uri Parse(string text, bool encrypted)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri))
        {
            throw new LettaDrException(
                "DockerHostInvalid", FaultKind.InvalidArgument, $"DOCKER_HOST '{text}' is not an address.",
                "Set it to e.g. unix:///var/run/docker.sock or tcp://host:2375, or remove it.");
        }

        if (uri.Scheme is not ("unix" or "tcp" or "http" or "npipe") || (encrypted && uri.Scheme is "tcp"))
        {
            throw new LettaDrException(
                "DockerHostUnsupported", FaultKind.InvalidArgument,
                $"DOCKER_HOST '{text}' asks for a transport that LettaDr does not speak ({(encrypted ? "TLS" : uri.Scheme)}).",
                "Forward the engine's socket, e.g. ssh -L /tmp/docker.sock:/var/run/docker.sock host, and set DOCKER_HOST=unix:///tmp/docker.sock.");
        }

        return uri;
    }
}
