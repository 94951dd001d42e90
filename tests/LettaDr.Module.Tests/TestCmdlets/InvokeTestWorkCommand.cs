using System.Management.Automation;
using LettaDr.Cmdlets;

namespace LettaDr.Module.Tests;

/// <summary>Runs a delegate of the test as the asynchronous work of a cmdlet.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "TestWork", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class InvokeTestWorkCommand : AsyncCmdlet
{
    /// <summary>The work: what it may ask of PowerShell, by name, and the token that ends it.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public Func<IReadOnlyDictionary<string, Delegate>, CancellationToken, Task> Work { get; set; } = null!;

    /// <summary>Runs the work once for each.</summary>
    [Parameter(ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    /// <summary>Called when the cmdlet is disposed of.</summary>
    [Parameter]
    public Action? Disposed { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => Work(
        new Dictionary<string, Delegate>
        {
            ["WriteObject"] = (object? value) => WriteObject(value),
            ["WriteVerbose"] = WriteVerbose,
            ["WriteWarning"] = WriteWarning,
            ["WriteFault"] = (Exception exception) => WriteFault(exception, InputObject),
            ["Ask"] = (string what) => ShouldProcessAsync(what, what + "?", "Test", cancellationToken),
        },
        cancellationToken);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Disposed?.Invoke();
    }
}
