namespace LettaDr.Systems;

/// <summary>Finds the program that schedulers are to start.</summary>
internal static class ScheduleProgram
{
    private const string DockerHost = "DOCKER_HOST";

    /// <summary>The program with the arguments that come before a command: lettadr, or pwsh.</summary>
    /// <param name="given">What the user names; null to look.</param>
    /// <exception cref="LettaDrException">There is none.</exception>
    public static IReadOnlyList<string> Find(string? given)
    {
        var path = given is not null ? Named(given) : Running() ?? OnPath("lettadr") ?? OnPath("pwsh") ?? throw new LettaDrException(
            "ScheduleProgramNotFound", FaultKind.NotInstalled, "Neither lettadr nor pwsh is found, and a scheduler has nothing to start.",
            "Give -Program with the path of lettadr.");
        return Path.GetFileNameWithoutExtension(path).Equals("pwsh", StringComparison.OrdinalIgnoreCase)
            ? [path, "-NoProfile", "-NonInteractive"]
            : [path, "-NonInteractive"];
    }

    /// <summary>What a command needs before it: lettadr has the module in it, and pwsh may not find it by its name.</summary>
    public static string Prelude(IReadOnlyList<string> program) =>
        program.Contains("-NoProfile") ? $"Import-Module {PowerShellText.Quoted(Manifest())}; " : string.Empty;

    /// <summary>What the program finds its runtime, its module, Docker and its state by, where that is not where they usually are.</summary>
    public static IReadOnlyDictionary<string, string> Variables(Func<string, string?> variable) =>
        new[] { DockerHost, "DOTNET_ROOT", "LETTADR_MODULE", "XDG_STATE_HOME" }
            .Select(name => (Name: name, Value: variable(name))).Where(found => !string.IsNullOrEmpty(found.Value))
            // A scheduler begins in a folder of its own.
            .ToDictionary(found => found.Name, found => found.Name == DockerHost ? found.Value! : Path.GetFullPath(found.Value!));

    // The assemblies lie in module/bin/<framework> below it.
    private static string Manifest() =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(ScheduleProgram).Assembly.Location) ?? ".", "..", "..", "..", "LettaDr.psd1"))
            is var path && File.Exists(path) ? path : "LettaDr";

    private static string Named(string path) => File.Exists(path) ? path : throw new LettaDrException(
        "ScheduleProgramNotFound", FaultKind.NotFound, $"There is no program {path}.", "Give -Program with the path of lettadr or pwsh.", path);

    private static string? Running() => Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) is "lettadr" or "pwsh" ? Environment.ProcessPath : null;

    private static string? OnPath(string name) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name)).FirstOrDefault(File.Exists);
}
