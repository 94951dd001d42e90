namespace LettaDr.Module.Tests;

/// <summary>Where the repository is, and the module that is under test.</summary>
internal static class ModuleFiles
{
    /// <summary>The repository's root.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The manifest: the variable LETTADR_MODULE's, else the repository's own.</summary>
    public static string Manifest { get; } = Environment.GetEnvironmentVariable("LETTADR_MODULE") is { Length: > 0 } given
        ? Path.GetFullPath(Directory.Exists(given) ? Path.Combine(given, "LettaDr.psd1") : given)
        : Path.Combine(Root, "LettaDr.psd1");

    /// <summary>The module's assemblies that run anywhere.</summary>
    public static string Assemblies { get; } = Path.Combine(Path.GetDirectoryName(Manifest)!, "module", "bin", "net8.0");

    /// <summary>The same, compiled ahead for Linux on x64.</summary>
    public static string AheadAssemblies { get; } = Path.Combine(Path.GetDirectoryName(Manifest)!, "module", "bin", "linux-x64");

    /// <summary>Files of the repository with one of these extensions, without what was built.</summary>
    public static IEnumerable<string> Sources(params string[] extensions) => Directory
        .EnumerateFiles(Root, "*", SearchOption.AllDirectories)
        .Where(path => extensions.Contains(Path.GetExtension(path), StringComparer.Ordinal))
        .Where(path => !Path.GetRelativePath(Root, path).Split(Path.DirectorySeparatorChar)
            .Any(part => part is ".git" or "bin" or "obj" or "artifacts" or "output"));

    private static string FindRoot()
    {
        // The tests may be built elsewhere; then the folder that they are run from tells.
        foreach (var start in new[] { AppContext.BaseDirectory, Environment.CurrentDirectory, SourceFolder() })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "LettaDr.sln")))
                {
                    return folder.FullName;
                }
            }
        }

        throw new InvalidOperationException("The tests do not lie in LettaDr's repository.");
    }

    private static string SourceFolder([System.Runtime.CompilerServices.CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
