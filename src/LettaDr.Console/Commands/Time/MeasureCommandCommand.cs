using System.Diagnostics;
using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>Measure-Command: tells how long a script block takes; what it writes is dropped.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Command")]
public sealed class MeasureCommandCommand : PSCmdlet
{
    private readonly Stopwatch _watch = new();

    /// <summary>Objects for <c>$_</c>; the block is run for each.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The script block; it runs in the caller's scope.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public ScriptBlock Expression { get; set; } = null!;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        object?[] input = InputObject is null ? [] : [InputObject];
        _watch.Start();
        try
        {
            if (InputObject is null)
            {
                InvokeCommand.InvokeScript(useLocalScope: false, Expression, input);
            }
            else
            {
                Expression.InvokeWithContext(null, [new PSVariable("_", InputObject)]);
            }
        }
        finally
        {
            _watch.Stop();
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => WriteObject(_watch.Elapsed);
}
