using System.Diagnostics;

namespace LettaDr.Systems.Tests;

/// <summary>A backup in a process of its own.</summary>
internal sealed class ChildProcess : ChildHandle
{
    private ChildProcess(Process process)
        : base(process)
    {
    }

    /// <summary>Begins a backup in a process of its own.</summary>
    /// <param name="deployment">A database of a superuser of <see cref="PostgresServer"/>.</param>
    /// <param name="repository">Where the set goes.</param>
    /// <param name="stopInTheMiddle">Whether it stands still as soon as the first rows have come.</param>
    /// <param name="environment">Changed variables; null removes one.</param>
    /// <param name="physical">Whether the whole cluster is copied.</param>
    public static ChildProcess BackUp(
        LettaDeployment deployment, TemporaryRepository repository, bool stopInTheMiddle = false,
        IReadOnlyDictionary<string, string?>? environment = null, bool physical = false)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        string[] arguments =
        [
            "exec", typeof(ChildProgram).Assembly.Location, physical ? "copy" : "backup", deployment.Database.Host, deployment.Database.Database,
            deployment.Database.Container?.Id ?? string.Empty, repository.Path, deployment.Name, stopInTheMiddle ? "stop" : "run",
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        return new ChildProcess(Process.Start(start)!);
    }

    /// <summary>Its output to the end, when it has ended.</summary>
    public async Task<string> EndAsync()
    {
        var output = await Process.StandardOutput.ReadToEndAsync();
        var errors = await Process.StandardError.ReadToEndAsync();
        await Process.WaitForExitAsync();
        return output + errors;
    }
}
