using System.ComponentModel;
using System.Diagnostics;

namespace LettaDr.Systems;

/// <summary>Docker Compose as it is installed here: the engine's plugin (<c>docker compose</c>), or <c>docker-compose</c>.</summary>
internal sealed class ComposeTool
{
    private readonly string _program;
    private readonly IReadOnlyList<string> _first;

    private ComposeTool(string name, string version, string program, IReadOnlyList<string> first) =>
        (Name, Version, _program, _first) = (name, version, program, first);

    /// <summary>What a user types: <c>docker compose</c> or <c>docker-compose</c>.</summary>
    public string Name { get; }

    /// <summary>Its version, e.g. <c>2.27.0</c> or <c>1.29.2</c>.</summary>
    public string Version { get; }

    /// <summary>Finds the plugin, else the program of its own.</summary>
    /// <param name="searchPath">Folders to search, as in PATH; null means this process's.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="LettaDrException">Neither is there.</exception>
    public static async Task<ComposeTool> FindAsync(string? searchPath, CancellationToken cancellationToken)
    {
        (string Name, string Program, string[] First)[] known = [("docker compose", "docker", ["compose"]), ("docker-compose", "docker-compose", [])];
        foreach (var (name, program, first) in known)
        {
            if (Locate(program, searchPath) is not { } path)
            {
                continue;
            }

            var tool = new ComposeTool(name, string.Empty, path, first);
            var (exitCode, lines) = await tool.RunAsync(["version", "--short"], Path.GetTempPath(), new Dictionary<string, string>(), null, cancellationToken).ConfigureAwait(false);
            // Without the plugin, docker shows its own help or version and may well call that success.
            var version = lines.Select(line => line.Trim().TrimStart('v')).FirstOrDefault(line => line.Length > 0 && char.IsAsciiDigit(line[0]));
            if (exitCode == 0 && version is not null)
            {
                return new ComposeTool(name, version, path, first);
            }
        }

        throw new LettaDrException(
            "ComposeNotInstalled", FaultKind.NotInstalled, "Docker Compose is not installed: neither 'docker compose' nor 'docker-compose' can be run.",
            "Install the package docker-compose-plugin (or docker-compose), and see that it is on the PATH.");
    }

    /// <summary>Runs it to its end and gives what it wrote, output and errors in the order of their coming.</summary>
    /// <param name="arguments">Its arguments; never a secret.</param>
    /// <param name="folder">The folder to run it in.</param>
    /// <param name="environment">Added to this process's environment.</param>
    /// <param name="onLine">Called with each line as it comes.</param>
    /// <param name="cancellationToken">Ends the program and its children; the call returns when they have ended.</param>
    public async Task<(int ExitCode, IReadOnlyList<string> Lines)> RunAsync(
        IReadOnlyList<string> arguments, string folder, IReadOnlyDictionary<string, string> environment, Action<string>? onLine,
        CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(_program, [.. _first, .. arguments])
        {
            WorkingDirectory = folder, UseShellExecute = false,
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var lines = new List<string>();
        using var process = Start(start);
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        // What asks a question gets none of ours to answer.
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        return (process.ExitCode, lines);

        void Take(string? line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                lock (lines)
                {
                    lines.Add(line);
                }

                onLine?.Invoke(line);
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Version}";

    private Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception refused)
        {
            throw new LettaDrException(
                "ComposeNotRunnable", FaultKind.NotInstalled, $"{_program} cannot be run: {refused.Message}.",
                "See that this user may run it, or install Docker Compose anew.", _program, refused);
        }
    }

    private static string? Locate(string program, string? searchPath)
    {
        var names = OperatingSystem.IsWindows() ? new[] { program + ".exe" } : [program];
        return (searchPath ?? Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }
}
