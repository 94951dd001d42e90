namespace LettaDr;

/// <summary>Where the files of a configuration go below a restore's destination.</summary>
internal static class ConfigurationPaths
{
    /// <summary>The folder for what lay on the machine, but not in the project's folder.</summary>
    public const string Outside = "_outside";

    /// <summary>The folder for what lay in containers only.</summary>
    public const string Containers = "_containers";

    /// <summary>A file of this machine: below the project's folder as it is there, else with its whole path.</summary>
    public static string OfHost(string path, string? folder)
    {
        if (folder is not null)
        {
            var relative = Path.GetRelativePath(folder, path).Replace('\\', '/');
            if (relative != ".." && !relative.StartsWith("../", StringComparison.Ordinal) && !Path.IsPathRooted(relative))
            {
                return relative;
            }
        }

        return $"{Outside}/{path.Replace('\\', '/').Replace(":", string.Empty, StringComparison.Ordinal).TrimStart('/')}";
    }

    /// <summary>A file of a container: where its mount puts it on this machine, else with its whole path.</summary>
    public static string OfContainer(DeploymentContainer container, string path, string? folder) =>
        HostPath(container, path) is { } host ? OfHost(host, folder) : $"{Containers}/{container.Service ?? container.Name}/{path.TrimStart('/')}";

    /// <summary>The path on this machine of what a container sees at a path; null when it is in no bind mount.</summary>
    public static string? HostPath(DeploymentContainer container, string path)
    {
        var mount = container.Volumes
            .Where(volume => path == volume.Destination || path.StartsWith(volume.Destination.TrimEnd('/') + "/", StringComparison.Ordinal))
            .MaxBy(volume => volume.Destination.Length);
        return mount is { Kind: "bind" } ? mount.Source + path[mount.Destination.TrimEnd('/').Length..] : null;
    }

    /// <summary>The full path below a destination.</summary>
    /// <exception cref="LettaDrException">The path leads out of the destination.</exception>
    public static string Below(string destination, string path)
    {
        var full = Path.GetFullPath(Path.Combine(destination, path));
        return !Path.IsPathRooted(path) && full.StartsWith(Path.TrimEndingDirectorySeparator(destination) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? full
            : throw new LettaDrException(
                "ConfigurationPathInvalid", FaultKind.DataCorrupt, $"The set names a file {path}, which leads out of the destination.",
                "Do not use this set: LettaDr writes no such name.", path);
    }
}
