using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace LettaDr.Systems;

/// <summary>This machine's git, bent by no configuration of the machine's or user's.</summary>
internal static class LocalGit
{
    /// <summary>Whether there is one.</summary>
    public static async Task<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await RunAsync(Path.GetTempPath(), ["--version"], null, cancellationToken).ConfigureAwait(false)).Succeeded;
        }
        catch (LettaDrException missing) when (missing.Kind == FaultKind.NotInstalled)
        {
            return false;
        }
    }

    /// <summary>Runs it in a folder.</summary>
    /// <exception cref="LettaDrException">There is no git.</exception>
    public static async Task<GitResult> RunAsync(string folder, IReadOnlyList<string> arguments, Stream? output, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("git")
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var argument in arguments.Prepend("safe.directory=*").Prepend("-c"))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("GIT_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_CONFIG_GLOBAL"] = OperatingSystem.IsWindows() ? "NUL" : "/dev/null";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_NO_LAZY_FETCH"] = "1";
        start.Environment["LC_ALL"] = "C";
        using var process = Start(start);
        process.StandardInput.Close();
        using var text = new MemoryStream();
        using var registration = cancellationToken.Register(() => Kill(process));
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.StandardOutput.BaseStream.CopyToAsync(output ?? text, CancellationToken.None).ConfigureAwait(false);
        }
        catch
        {
            Kill(process);
            throw;
        }
        finally
        {
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return new GitResult(process.ExitCode, Encoding.UTF8.GetString(text.ToArray()), await errors.ConfigureAwait(false));
    }

    /// <summary>Runs it, and fails if it fails.</summary>
    public static async Task<string> RequireAsync(string folder, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var result = await RunAsync(folder, arguments, null, cancellationToken).ConfigureAwait(false);
        return result.Succeeded
            ? result.Output
            : throw new LettaDrException(
                "GitFailed", FaultKind.OperationFailed, $"git {arguments[0]} failed in {folder}: {result.Said}.",
                "Check the set (Test-LettaBackup) and the disk's space.", folder);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new LettaDrException(
                "GitNotFound", FaultKind.NotInstalled, "The agents' memory is kept as git bundles, and this machine has no git.",
                "Install git (apt-get install git), or restore without memory (-SkipMemory).", innerException: missing);
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }
}
