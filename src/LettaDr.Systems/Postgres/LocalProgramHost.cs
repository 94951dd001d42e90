using System.ComponentModel;
using System.Diagnostics;

namespace LettaDr.Systems;

/// <summary>Runs PostgreSQL's programs of this machine, for a server that is not in its Docker.</summary>
internal sealed class LocalProgramHost(DatabaseEndpoint endpoint, int serverMajor) : IProgramHost
{
    private const int MaxErrorText = 64 * 1024;

    public string Name => "this machine";

    public string ServerHost => endpoint.Host;

    public int ServerPort => endpoint.Port;

    public async Task<(long ExitCode, string StandardError)> RunAsync(
        IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, Stream? input, Stream? output,
        CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Find(command[0]))
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        foreach (var argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Start(start);
        using var registration = cancellationToken.Register(() => Kill(process));
        var errors = ReadErrorsAsync(process.StandardError);
        var feeding = FeedAsync(process, input, cancellationToken);
        try
        {
            await process.StandardOutput.BaseStream.CopyToAsync(output ?? Stream.Null, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Kill(process);
            throw;
        }
        finally
        {
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            await feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return (process.ExitCode, await errors.ConfigureAwait(false));
    }

    public async Task<string> StageAsync(Stream content, string operationId, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Path.GetTempPath(), $"lettadr-{operationId}-{Guid.NewGuid():N}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using var file = new FileStream(path, options);
            await content.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
            return path;
        }
        catch
        {
            await UnstageAsync(path).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Nothing: this machine may stage for several servers, and only each of them knows its own operations.</summary>
    public Task UnstageOrphansAsync(IReadOnlyCollection<string> livingOperations, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task UnstageAsync(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }

        File.Delete(path);
        return Task.CompletedTask;
    }

    // The server's disk is another machine's, or this one's without our knowing which.
    public Task<long?> FreeBytesAsync(string path, CancellationToken cancellationToken) => Task.FromResult<long?>(null);

    /// <summary>The program of the server's own version where Debian keeps several, else the first on PATH.</summary>
    private string Find(string program)
    {
        var versioned = $"/usr/lib/postgresql/{serverMajor}/bin/{program}";
        return File.Exists(versioned) ? versioned : program;
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
                "ProgramNotFound", FaultKind.NotInstalled,
                $"The program {start.FileName} is not on this machine, and the database is in no container of its Docker.",
                "Install PostgreSQL's client programs of the server's version or later, or run this on the database's Docker host.",
                start.FileName, missing);
        }
    }

    private static async Task FeedAsync(Process process, Stream? input, CancellationToken cancellationToken)
    {
        try
        {
            if (input is not null)
            {
                await input.CopyToAsync(process.StandardInput.BaseStream, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            process.StandardInput.Close();
        }
    }

    private static async Task<string> ReadErrorsAsync(StreamReader errors)
    {
        var text = await errors.ReadToEndAsync().ConfigureAwait(false);
        return text.Length > MaxErrorText ? text[^MaxErrorText..] : text;
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }
}
