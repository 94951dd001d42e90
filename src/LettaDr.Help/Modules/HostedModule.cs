using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Microsoft.PowerShell;

namespace LettaDr.Help;

/// <summary>A module, imported into a PowerShell engine of its own.</summary>
internal sealed class HostedModule : IDisposable
{
    private HostedModule(Runspace runspace, string name)
    {
        Runspace = runspace;
        Name = name;
        using var shell = PowerShell.Create(runspace);
        Commands = [.. shell.AddCommand("Get-Module").AddParameter("Name", name).Invoke<PSModuleInfo>()
            .SelectMany(module => module.ExportedCmdlets.Values)
            .OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal)
            .Select(cmdlet => CommandDescriber.Describe(cmdlet, name))];
    }

    /// <summary>Where the module's commands can be resolved.</summary>
    public Runspace Runspace { get; }

    /// <summary>The module's name.</summary>
    public string Name { get; }

    /// <summary>The cmdlets that it exports.</summary>
    public IReadOnlyList<CommandDescription> Commands { get; }

    /// <summary>Imports a module.</summary>
    /// <param name="path">Its manifest, or the assembly with the cmdlets.</param>
    /// <exception cref="HelpToolException">The module does not import, or exports no cmdlet.</exception>
    public static HostedModule Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new HelpToolException($"There is no module at {path}.");
        }

        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([Path.GetFullPath(path)]);
        state.ThrowOnRunspaceOpenError = true;
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        }

        var runspace = RunspaceFactory.CreateRunspace(state);
        try
        {
            runspace.Open();
            var module = new HostedModule(runspace, Path.GetFileNameWithoutExtension(path));
            return module.Commands.Count > 0
                ? module
                : throw new HelpToolException($"The module {path} exports no cmdlet.");
        }
        catch (Exception exception)
        {
            runspace.Dispose();
            if (exception is RuntimeException)
            {
                throw new HelpToolException($"The module {path} does not import: {exception.Message}", exception);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Runspace.Dispose();
}
