using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.Loader;

namespace LettaDr.Module.Tests;

/// <summary>PowerShell with the module in it, as a user has it who types <c>Import-Module</c>.</summary>
internal sealed class Shell : IDisposable
{
    private readonly Runspace _runspace;

    public Shell()
    {
        var state = InitialSessionState.CreateDefault2();
        state.ThrowOnRunspaceOpenError = true;
        state.ImportPSModule([ModuleFiles.Manifest]);
        _runspace = RunspaceFactory.CreateRunspace(Host, state);
        _runspace.Open();
        _runspace.SessionStateProxy.Path.SetLocation(Folder);
    }

    public CapturingHost Host { get; } = new();

    /// <summary>The shell's own empty current folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("lettadr-shell-").FullName;

    public CapturingUserInterface Screen => Host.Captured;

    public Shell With(string variable, object? value)
    {
        _runspace.SessionStateProxy.SetVariable(variable, value);
        return this;
    }

    /// <summary>Adds the cmdlets that only tests have; they live beside the module's own, on the same base.</summary>
    public Shell WithTestCmdlets()
    {
        var context = AssemblyLoadContext.All.Single(context => context.Name == "LettaDr");
        var assembly = context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "TestCmdlets", "LettaDr.Module.TestCmdlets.dll"));
        With("testCmdlets", assembly).Run("Import-Module -Assembly $testCmdlets").Clean();
        return this;
    }

    /// <summary>Runs a script to its end, however it ends.</summary>
    public ShellRun Run(string script) => Run(script, (shell, output) => shell.Invoke<PSObject>(null, output, null));

    /// <summary>Shows what a script writes, as at the prompt.</summary>
    public ShellRun Show(string script) => Run(script, (shell, output) =>
    {
        shell.AddCommand("Out-Default");
        shell.Invoke<PSObject>(null, output, null);
    });

    /// <summary>Runs a script and stops it, as Ctrl+C does, as soon as progress is shown that <paramref name="when"/> asks for.</summary>
    public ShellRun RunAndStop(string script, Func<ProgressRecord, bool> when) => Run(script, (shell, output) =>
    {
        using var due = new ManualResetEventSlim();
        void Watch(ProgressRecord record)
        {
            if (when(record))
            {
                due.Set();
            }
        }

        Screen.ProgressShown += Watch;
        try
        {
            var running = shell.BeginInvoke<PSObject, PSObject>(null, output);
            Assert.Equal(0, WaitHandle.WaitAny([due.WaitHandle, running.AsyncWaitHandle], TimeSpan.FromMinutes(5)));
            shell.Stop();
            shell.EndInvoke(running);
        }
        finally
        {
            Screen.ProgressShown -= Watch;
        }
    });

    /// <summary>Runs a script and stops it when a test says so.</summary>
    public ShellRun RunAndStop(string script, WaitHandle due) => Run(script, (shell, output) =>
    {
        var running = shell.BeginInvoke<PSObject, PSObject>(null, output);
        Assert.True(due.WaitOne(TimeSpan.FromMinutes(3)), "what was to be stopped did not begin");
        shell.Stop();
        shell.EndInvoke(running);
    });

    public CommandCompletion Complete(string line)
    {
        using var shell = PowerShell.Create(_runspace);
        return CommandCompletion.CompleteInput(line, line.Length, null, shell);
    }

    public void Dispose()
    {
        _runspace.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private ShellRun Run(string script, Action<PowerShell, PSDataCollection<PSObject>> invoke)
    {
        var before = Screen.Text.Length;
        Screen.Prompts.Clear();
        Screen.Progress.Clear();
        using var shell = PowerShell.Create(_runspace);
        using var output = new PSDataCollection<PSObject>();
        shell.AddScript(script);
        Exception? thrown = null;
        try
        {
            invoke(shell, output);
        }
        catch (Exception ended) when (ended is RuntimeException or PipelineStoppedException)
        {
            thrown = ended;
        }

        return new ShellRun
        {
            Output = [.. output],
            Errors = [.. shell.Streams.Error],
            Thrown = thrown,
            Verbose = [.. shell.Streams.Verbose.Select(record => record.Message)],
            Warnings = [.. shell.Streams.Warning.Select(record => record.Message)],
            Progress = [.. Screen.Progress],
            Prompts = [.. Screen.Prompts],
            Text = Screen.Text[before..],
        };
    }
}
