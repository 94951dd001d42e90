namespace LettaDr.Console;

/// <summary>Finds the manifest of the module that the console exists for.</summary>
internal static class ModuleLocator
{
    /// <summary>Names a manifest, or the folder that holds it, when it lies elsewhere.</summary>
    public const string Variable = "LETTADR_MODULE";

    private const string ManifestName = "LettaDr.psd1";

    /// <summary>
    /// The one given on the command line or by the environment; else <c>LettaDr/LettaDr.psd1</c> or <c>LettaDr.psd1</c>
    /// beside the executable; else the nearest folder above it that holds one (a build in a clone of the repository).
    /// </summary>
    /// <param name="given">What the command line gives, if anything.</param>
    /// <param name="home">Folder of the executable.</param>
    /// <param name="error">Where it was looked for, and what to do; null when found.</param>
    /// <returns>Full path of the manifest, or null.</returns>
    public static string? Find(string? given, string home, out string? error)
    {
        error = null;
        string? named = given ?? Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(named))
        {
            string path = Path.GetFullPath(named);
            string manifest = Directory.Exists(path) ? Path.Combine(path, ManifestName) : path;
            if (File.Exists(manifest))
            {
                return manifest;
            }

            error = $"The LettaDr module is not at '{manifest}', which {(given is null ? Variable : "--module")} names; correct it.";
            return null;
        }

        string beside = Path.Combine(home, "LettaDr", ManifestName);
        if (File.Exists(beside))
        {
            return beside;
        }

        for (DirectoryInfo? folder = new(home); folder is not null; folder = folder.Parent)
        {
            string manifest = Path.Combine(folder.FullName, ManifestName);
            if (File.Exists(manifest))
            {
                return manifest;
            }
        }

        error = $"The LettaDr module is neither beside the executable ('{beside}') nor in a folder above it; "
            + $"name its manifest by --module or {Variable}, or start without it by --no-module.";
        return null;
    }

    /// <summary>
    /// The folder from which the module is found by its name, so that <c>Import-Module LettaDr</c> and runspaces of their
    /// own find it too; null when the manifest lies in a folder of another name, as in a clone of the repository.
    /// </summary>
    public static string? SearchFolder(string manifest)
    {
        string? folder = Path.GetDirectoryName(manifest);
        if (Version.TryParse(Path.GetFileName(folder), out _))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return Path.GetFileName(folder) == Path.GetFileNameWithoutExtension(ManifestName) ? Path.GetDirectoryName(folder) : null;
    }
}
