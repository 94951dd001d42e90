using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LettaDr.Console.Tests;

/// <summary>A container in which this build's console, its module and a folder of the test have the same paths as outside.</summary>
internal sealed class SchedulerContainer : IDisposable
{
    /// <summary>Where .NET lies in it: where nothing finds it without being told.</summary>
    public const string Runtime = "/opt/dot net";

    private readonly string _id;

    /// <summary>Starts it.</summary>
    /// <param name="folder">The test's folder.</param>
    /// <param name="script">What its shell runs.</param>
    public SchedulerContainer(string folder, string script)
    {
        string home = Path.GetDirectoryName(ConsoleProgram.Path)!;
        string module = Path.GetDirectoryName(ModuleLocator.Find(null, home, out _))!;
        string runtime = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        _id = Run([
            "run", "--detach", "--label", "lettadr.test=1", "--volume", $"{folder}:{folder}", "--volume", $"{module}:{module}:ro",
            "--volume", $"{home}:{home}:ro", "--volume", $"{runtime}:{Runtime}:ro", SchedulerFactAttribute.Image, "sh", "-c", script,
        ]).Trim();
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code and what was said.</returns>
    public (int ExitCode, string Said) Wait() => (int.Parse(Run(["wait", _id]), null), Run(["logs", _id]));

    public void Dispose() => Run(["rm", "--force", "--volumes", _id]);

    private static string Run(string[] arguments)
    {
        ProcessStartInfo start = new("sh", ["-c", "exec docker \"$@\" 2>&1", "docker", .. arguments]) { RedirectStandardOutput = true };
        using Process docker = Process.Start(start)!;
        string said = docker.StandardOutput.ReadToEnd();
        docker.WaitForExit();
        Assert.True(docker.ExitCode == 0, said);
        return said;
    }
}
