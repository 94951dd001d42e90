using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;

namespace LettaDr.Console;

/// <summary>One run of the console: the engine opened, the module loaded, the command line carried out.</summary>
internal sealed class ConsoleRun : IDisposable
{
    private readonly ConsoleOptions _options;

    private readonly Terminal _terminal;

    private readonly PipelineRunner _runner = new();

    private readonly BreakHandler _break;

    private readonly ConsoleHost _host;

    private readonly Runspace _runspace;

    /// <summary>Prepares the run; nothing runs yet.</summary>
    public ConsoleRun(ConsoleOptions options, Terminal terminal)
    {
        _options = options;
        _terminal = terminal;
        _break = new BreakHandler(terminal, _runner);
        _host = new ConsoleHost(terminal, _break, NestedPrompt);
        ErrorView.UseColours = terminal.ErrorHasColour;
        PSStyle.Instance.OutputRendering = terminal.OutputHasColour ? OutputRendering.Host : OutputRendering.PlainText;
        _runspace = RunspaceFactory.CreateRunspace(_host, EngineState.Create());
        _runner.Attach(_runspace);
    }

    /// <summary>Does what the command line asks for.</summary>
    /// <returns>The process's exit code.</returns>
    public int Run()
    {
        if (_options.WorkingDirectory is { } folder)
        {
            if (!Directory.Exists(folder))
            {
                return Fail($"lettadr: The working directory '{folder}' does not exist.");
            }

            Directory.SetCurrentDirectory(folder);
        }

        string? manifest = null;
        if (!_options.NoModule)
        {
            manifest = ModuleLocator.Find(_options.Module, AppContext.BaseDirectory, out string? error);
            if (manifest is null)
            {
                return Fail("lettadr: " + error);
            }

            AddToModulePath(ModuleLocator.SearchFolder(manifest));
        }

        _runspace.Open();
        Runspace.DefaultRunspace = _runspace;
        if (manifest is not null && !Import(manifest))
        {
            return _break.ExitCodeOfSignal ?? ExitCode.Failure;
        }

        int exitCode = _options.Action switch
        {
            ConsoleAction.Command => RunCommand(),
            ConsoleAction.File => RunFile(),
            ConsoleAction.StandardInput => new StandardInputLoop(_host, _runner, Report).Run(),
            _ => new PromptLoop(_host, _runner, _break, Report).Run(_options.NoLogo ? null : manifest ?? string.Empty),
        };
        _host.UserInterface.Progress.Clear();
        return _break.ExitCodeOfSignal ?? _host.RequestedExitCode ?? exitCode;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _host.UserInterface.Progress.Dispose();
        _runspace.Dispose();
        _break.Dispose();
    }

    private static void AddToModulePath(string? folder)
    {
        const string Variable = "PSModulePath";
        if (folder is not null)
        {
            string? before = Environment.GetEnvironmentVariable(Variable);
            Environment.SetEnvironmentVariable(
                Variable, string.IsNullOrEmpty(before) ? folder : before + Path.PathSeparator + folder);
        }
    }

    private int RunCommand()
    {
        IEnumerable<string>? input = StandardInput.ForScript(Parser.ParseInput(_options.Command!, out _, out _));
        return Ended(_runner.RunScript(_options.Command!, addToHistory: true, input));
    }

    private int RunFile()
    {
        IEnumerable<string>? input = StandardInput.ForScript(Parser.ParseFile(_options.File!, out _, out _));
        return Ended(_runner.RunFile(_options.File!, _options.Arguments, input));
    }

    private int Ended(RuntimeException? error)
    {
        if (error is not null)
        {
            Report(error);
            return ExitCode.Failure;
        }

        return _runner.LastSucceeded() ? ExitCode.Success : ExitCode.Failure;
    }

    private bool Import(string manifest)
    {
        RuntimeException? error = _runner.RunImport(manifest);
        if (error is null)
        {
            return true;
        }

        Fail($"lettadr: The LettaDr module '{manifest}' cannot be loaded: {error.Message}");
        return false;
    }

    private void Report(RuntimeException error)
    {
        _host.UserInterface.Progress.Clear();
        if (error is not PipelineStoppedException)
        {
            _host.UI.WriteErrorLine(ErrorView.Text(error.ErrorRecord));
        }
    }

    private int Fail(string message)
    {
        _host.UI.WriteErrorLine(message);
        return ExitCode.Failure;
    }

    private void NestedPrompt(Func<bool> ended) => new PromptLoop(_host, _runner, _break, Report).RunNested(ended);
}
