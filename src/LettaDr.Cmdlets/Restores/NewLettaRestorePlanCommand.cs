using System.Management.Automation;

namespace LettaDr.Cmdlets;

/// <summary>Plans the restore of a whole system: the steps it takes here, and what stands in the way. Changes nothing.</summary>
[Cmdlet(VerbsCommon.New, "LettaRestorePlan")]
[OutputType(typeof(RestorePlan))]
public sealed class NewLettaRestorePlanCommand : SystemRestoreCmdlet
{
    /// <summary>The set: an object of Get-LettaBackup, an id, or latest.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public BackupReference Backup { get; set; } = null!;

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachItemAsync([Backup], async reference =>
    {
        var target = await TargetAsync(cancellationToken).ConfigureAwait(false);
        var (backup, repository) = await ResolveAsync(
            reference, Repository, target?.Name, cancellationToken, BackupParts.Database).ConfigureAwait(false);
        var options = await OptionsAsync(repository, cancellationToken).ConfigureAwait(false);
        WriteObject(await PlanAsync(backup, target, Destination, options, cancellationToken).ConfigureAwait(false));
    });
}
