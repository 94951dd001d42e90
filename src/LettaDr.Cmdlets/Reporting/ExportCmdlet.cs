using System.Management.Automation;

namespace LettaDr.Cmdlets;

/// <summary>What cmdlets share that gather objects from the pipeline and write them to a file at its end.</summary>
public abstract class ExportCmdlet : AsyncCmdlet
{
    /// <summary>Objects that LettaDr's cmdlets wrote, of any kind.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public PSObject[] InputObject { get; set; } = [];

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (var item in InputObject)
        {
            try
            {
                Take(item.BaseObject);
            }
            catch (LettaDrException refused)
            {
                WriteFault(refused, item);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Takes one object.</summary>
    /// <exception cref="LettaDrException">It cannot be taken; the others go on.</exception>
    private protected abstract void Take(object item);

    /// <summary>A file relative to the shell's location, as a full path.</summary>
    private protected Task<string> FileAsync(string path, CancellationToken cancellationToken) =>
        AskAsync(() => SessionState.Path.GetUnresolvedProviderPathFromPSPath(path), cancellationToken);
}
