using System.Diagnostics;
using System.Reflection;

namespace LettaDr.Console.Tests;

/// <summary>Runs the built executable.</summary>
internal static class ConsoleProgram
{
    public static string Path { get; } = Find();

    public static ProgramResult Run(params string[] args) => RunWithInput(string.Empty, args);

    public static ProgramResult RunWithInput(string input, params string[] args)
    {
        using Process process = Start(args);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        return Finish(process, output, error);
    }

    public static Process Start(params string[] args)
    {
        // A shell that runs the tests in the background has them ignore signals, and what they start with them.
        var start = new ProcessStartInfo("env", ["--default-signal=HUP,INT", Path, .. args])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("NO_COLOR");
        start.Environment.Remove(ModuleLocator.Variable);
        return Process.Start(start)!;
    }

    public static ProgramResult Finish(Process process, Task<string> output, Task<string> error)
    {
        if (!process.WaitForExit(TimeSpan.FromMinutes(3)))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException("lettadr did not end within three minutes.");
        }

        return new ProgramResult(process.ExitCode, output.Result, error.Result);
    }

    private static string Find()
    {
        string assembly = typeof(ConsoleProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "ConsoleAssembly").Value!;
        string name = OperatingSystem.IsWindows() ? "lettadr.exe" : "lettadr";
        return System.IO.Path.Combine(System.IO.Path.GetDirectoryName(assembly)!, name);
    }
}
