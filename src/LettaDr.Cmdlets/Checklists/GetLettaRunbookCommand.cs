using System.Management.Automation;

namespace LettaDr.Cmdlets;

/// <summary>Lists the runbooks that Invoke-LettaRunbook runs, with their steps.</summary>
[Cmdlet(VerbsCommon.Get, "LettaRunbook")]
[OutputType(typeof(Runbook))]
public sealed class GetLettaRunbookCommand : AsyncCmdlet
{
    /// <summary>The runbooks wanted; all when not given.</summary>
    [Parameter(Position = 0)]
    public RunbookName[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override Task EndAsync(CancellationToken cancellationToken)
    {
        foreach (var runbook in Runbook.All.Where(runbook => Name.Length == 0 || Name.Contains(runbook.Name)))
        {
            WriteObject(runbook);
        }

        return Task.CompletedTask;
    }
}
