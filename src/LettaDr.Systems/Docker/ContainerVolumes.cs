namespace LettaDr.Systems;

/// <summary>What a container's paths are on.</summary>
internal static class ContainerVolumes
{
    /// <summary>The volume that holds a path; null when none does.</summary>
    public static ContainerVolume? Holding(IEnumerable<ContainerVolume> volumes, string path) =>
        volumes.Where(volume => IsBelow(path, volume.Destination)).MaxBy(volume => volume.Destination.Length);

    /// <summary>A volume in words: the host's path, or its name.</summary>
    public static string Words(ContainerVolume volume) =>
        volume.Kind != "volume" ? volume.Source : IsAnonymous(volume.Source) ? "its anonymous volume" : $"volume {volume.Source}";

    /// <summary>Whether a path is a folder, or lies below it.</summary>
    public static bool IsBelow(string path, string folder) =>
        path.TrimEnd('/') == folder.TrimEnd('/') || path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);

    /// <summary>Docker names a volume that nobody named by 64 hexadecimal digits.</summary>
    private static bool IsAnonymous(string volume) => volume.Length == 64 && volume.All(char.IsAsciiHexDigitLower);
}
