using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace LettaDr.Console;

/// <summary>Runs commands in the console's runspace, their output and errors going to the terminal through the views.</summary>
internal sealed class PipelineRunner
{
    private readonly Stack<PowerShell> _running = new();

    private readonly Lock _gate = new();

    private Runspace? _runspace;

    /// <summary>Raised when something that ran has ended.</summary>
    public event Action? Ended;

    /// <summary>Whether something runs.</summary>
    public bool IsRunning
    {
        get
        {
            lock (_gate)
            {
                return _running.Count > 0;
            }
        }
    }

    /// <summary>The text of what runs, short enough for a message.</summary>
    public string Running
    {
        get
        {
            lock (_gate)
            {
                string text = _running.TryPeek(out PowerShell? shell) ? shell.Commands.Commands[0].CommandText : string.Empty;
                string line = text.Trim().Split('\n')[0].Trim();
                return line.Length > 60 ? $"'{line[..57]}...'" : $"'{line}'";
            }
        }
    }

    /// <summary>Sets where to run; once.</summary>
    public void Attach(Runspace runspace) => _runspace = runspace;

    /// <summary>A shell in the runspace, for the console's own questions; nested when asked from within a running command.</summary>
    public PowerShell CreateShell()
    {
        if (IsRunning)
        {
            return PowerShell.Create(RunspaceMode.CurrentRunspace);
        }

        var shell = PowerShell.Create();
        shell.Runspace = _runspace;
        return shell;
    }

    /// <summary>Runs a text as if typed at the prompt, in the global scope.</summary>
    /// <param name="script">The text.</param>
    /// <param name="addToHistory">Whether Get-History shows it.</param>
    /// <param name="input">What <c>$input</c> enumerates.</param>
    /// <returns>Null, or the error that ended it.</returns>
    public RuntimeException? RunScript(string script, bool addToHistory, IEnumerable<string>? input = null) =>
        Run(shell => shell.AddScript(script, useLocalScope: false), addToHistory, input);

    /// <summary>Runs a script file with its arguments; <c>exit</c> in it asks the host to end.</summary>
    /// <returns>Null, or the error that ended it.</returns>
    public RuntimeException? RunFile(string path, IReadOnlyList<CommandParameter> arguments, IEnumerable<string>? input) =>
        Run(
            shell =>
            {
                // As in pwsh, a file of another name (made executable by #!) is run for its text.
                bool byName = path.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase);
                var command = new Command(byName ? path : File.ReadAllText(path), isScript: !byName, useLocalScope: false);
                foreach (CommandParameter argument in arguments)
                {
                    command.Parameters.Add(argument);
                }

                EngineInternals.RethrowExitOfNextScript(_runspace!);
                shell.Commands.AddCommand(command);
            },
            addToHistory: false,
            input);

    /// <summary>Imports a module for all that is run.</summary>
    /// <returns>Null, or the error that prevented it.</returns>
    public RuntimeException? RunImport(string manifest) =>
        Run(
            shell => shell.AddCommand("Import-Module")
                .AddParameter("Name", manifest).AddParameter("Global").AddParameter("ErrorAction", ActionPreference.Stop),
            addToHistory: false,
            input: null);

    /// <summary>Stops what runs, innermost first, without waiting.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            if (_running.TryPeek(out PowerShell? shell))
            {
                shell.BeginStop(null, null);
            }
        }
    }

    /// <summary>Whether the last command succeeded: <c>$?</c>.</summary>
    public bool LastSucceeded() => _runspace!.SessionStateProxy.GetVariable("?") is true;

    private RuntimeException? Run(Action<PowerShell> add, bool addToHistory, IEnumerable<string>? input)
    {
        using PowerShell shell = CreateShell();
        add(shell);
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.AddCommand("Out-Default");
        lock (_gate)
        {
            _running.Push(shell);
        }

        try
        {
            shell.Invoke(input, new PSInvocationSettings { AddToHistory = addToHistory });

            // A stop that a script's own work outlived is not thrown.
            return shell.InvocationStateInfo.State == PSInvocationState.Completed ? null : new PipelineStoppedException();
        }
        catch (RuntimeException e)
        {
            return e;
        }
        catch (InvalidPowerShellStateException)
        {
            // Stopped before it began.
            return new PipelineStoppedException();
        }
        finally
        {
            lock (_gate)
            {
                _running.Pop();
            }

            Ended?.Invoke();
        }
    }
}
