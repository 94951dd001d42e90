using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace LettaDr.Benchmarks;

/// <summary>A PowerShell engine in which the module is imported and one of its cmdlets called, by the clock.</summary>
internal sealed class MeasuredEngine : IDisposable
{
    private readonly WorkerRequest _request;
    private readonly Runspace _runspace;

    public MeasuredEngine(WorkerRequest request)
    {
        _request = request;
        var state = InitialSessionState.CreateDefault2();
        state.Variables.Add(new SessionStateVariableEntry("ConfirmPreference", "None", null));
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
        // Up means warm: a prompt has run something before the module is asked for.
        Invoke(shell => shell.AddScript("Get-Command -Name Import-Module | ForEach-Object { $_.Name }"));
    }

    public WorkerResult Run()
    {
        var clock = Stopwatch.StartNew();
        Invoke(shell => shell.AddCommand("Import-Module").AddParameter("Name", _request.Module));
        var result = new WorkerResult { ImportSeconds = clock.Elapsed.TotalSeconds };
        if (_request is { Command: null, Script: null })
        {
            return result;
        }

        var seconds = new List<double>();
        IList<PSObject> output = [];
        for (var call = 0; call < _request.Calls; call++)
        {
            clock.Restart();
            output = Invoke(shell => _ = _request.Script is { } script ? shell.AddScript(script) : _request.Switches.Aggregate(
                shell.AddCommand(_request.Command!).AddParameters((IDictionary)_request.Parameters), (command, name) => command.AddParameter(name, true)));
            seconds.Add(clock.Elapsed.TotalSeconds);
        }

        var last = output.LastOrDefault();
        return result with
        {
            Seconds = seconds,
            Count = output.Count,
            Properties = _request.Properties.ToDictionary(name => name, name => Text(last?.Properties[name]?.Value)),
            Steps = Steps(last),
        };
    }

    public void Dispose() => _runspace.Dispose();

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;

    private static Dictionary<string, double> Steps(PSObject? result)
    {
        var steps = new Dictionary<string, double>();
        foreach (var step in (result?.Properties["Stages"]?.Value as IEnumerable ?? Array.Empty<object>()).Cast<object>().Select(PSObject.AsPSObject))
        {
            steps[Text(step.Properties["Name"].Value)] = step.Properties["Duration"].Value is TimeSpan duration ? duration.TotalSeconds : 0;
        }

        return steps;
    }

    private IList<PSObject> Invoke(Action<PowerShell> compose)
    {
        using var shell = PowerShell.Create();
        shell.Runspace = _runspace;
        compose(shell);
        var output = shell.Invoke();
        return shell.HadErrors
            ? throw new InvalidOperationException(string.Join(Environment.NewLine, shell.Streams.Error.Select(error => error.ToString())))
            : output;
    }
}
