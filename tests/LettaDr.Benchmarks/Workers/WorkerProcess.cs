using System.Diagnostics;
using System.Text.Json;

namespace LettaDr.Benchmarks;

/// <summary>Runs one worker to its end; each measurement has a process of its own.</summary>
internal static class WorkerProcess
{
    /// <summary>The manifest of the module that was built together with this program.</summary>
    public static string Module { get; } = Path.Combine(AppContext.BaseDirectory, "module-under-test", "LettaDr.psd1");

    /// <summary>Starts a worker, waits for it, and gives what it measured.</summary>
    /// <exception cref="BenchmarkException">The worker failed.</exception>
    public static async Task<WorkerResult> RunAsync(WorkerRequest request, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Executable())
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            await process.StandardInput.WriteAsync(JsonSerializer.Serialize(request));
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0
                ? JsonSerializer.Deserialize<WorkerResult>(await output)!
                : throw new BenchmarkException($"{request.Script ?? request.Command ?? "Import-Module"} failed: {(await error).Trim()}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static string Executable()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(own.Parent!.Parent!.FullName, "LettaDr.Benchmarks.Worker", own.Name, "LettaDr.Benchmarks.Worker");
    }
}
