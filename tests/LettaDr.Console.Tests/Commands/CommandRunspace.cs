using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace LettaDr.Console.Tests;

/// <summary>A runspace as the console opens one, for commands that need no process of their own.</summary>
public sealed class CommandRunspace : IDisposable
{
    private readonly Runspace _runspace;

    private readonly TemporaryFolder _folder = new();

    public CommandRunspace()
    {
        _runspace = RunspaceFactory.CreateRunspace(EngineState.Create());
        _runspace.Open();
        _runspace.SessionStateProxy.SetVariable("folder", _folder.Path);
    }

    /// <summary>What a script writes, each object as its text, one behind the other; errors in braces.</summary>
    public string Run(string script)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.AddScript("Set-Location $folder\n" + script, useLocalScope: true);
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        return string.Join('|', shell.Invoke().Select(Text));
    }

    public void Dispose()
    {
        _runspace.Dispose();
        _folder.Dispose();
    }

    private static string Text(PSObject? value) => value?.BaseObject switch
    {
        null => "null",
        ErrorRecord error => $"{{{error.FullyQualifiedErrorId.Split(',')[0]}}}",
        _ => value.ToString().ReplaceLineEndings("\n"),
    };
}
