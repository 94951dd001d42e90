namespace LettaDr.Systems;

/// <summary>
/// The server's own socket in its container's file system, which root on the Docker host reaches past the network: a stream of
/// rows costs both ends a fifth to a third less processor time than by TCP over the container's bridge.
/// </summary>
internal static class ServerSocket
{
    // Where Debian's and Alpine's packages, and PostgreSQL built by itself, put it.
    private static readonly string[] Directories = ["run/postgresql", "var/run/postgresql", "tmp"];

    /// <summary>The socket's directory as this process sees it; null when it cannot be seen.</summary>
    /// <param name="processId">The container's first process on this machine; null when it is not here.</param>
    /// <param name="port">The server's port inside the container, which is part of the socket's name.</param>
    public static string? FindDirectory(long? processId, int port) => processId is null || !OperatingSystem.IsLinux()
        ? null
        : Directories.Select(directory => $"/proc/{processId}/root/{directory}")
            .FirstOrDefault(directory => File.Exists($"{directory}/.s.PGSQL.{port}"));
}
