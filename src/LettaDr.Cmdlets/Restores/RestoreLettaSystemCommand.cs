using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Restores a whole system from a set, in the order of its dependencies, and proves that it works and is consistent.</summary>
[Cmdlet(VerbsData.Restore, "LettaSystem", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = "Backup")]
[OutputType(typeof(SystemRestoreResult))]
public sealed class RestoreLettaSystemCommand : SystemRestoreCmdlet
{
    /// <summary>The set: an object of Get-LettaBackup, an id, or latest.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "Backup")]
    public BackupReference Backup { get; set; } = null!;

    /// <summary>A plan of New-LettaRestorePlan, read and perhaps edited.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "RestorePlan")]
    public RestorePlan RestorePlan { get; set; } = null!;

    /// <summary>Connections and processes at once.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int Jobs { get; set; } = 2;

    /// <summary>Ends sessions on the live database; without it a restore is refused while others than Letta's server have any.</summary>
    [Parameter]
    public SwitchParameter DisconnectSessions { get; set; }

    /// <summary>Drops the database and removes the files of Redis that were live, once the restored ones have taken their place.</summary>
    [Parameter]
    public SwitchParameter DiscardPrevious { get; set; }

    /// <summary>How many seconds the services may take until they are ready.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSeconds { get; set; } = 300;

    /// <summary>Begins with the first step, even where an earlier run of the same restore got further.</summary>
    [Parameter]
    public SwitchParameter Restart { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachItemAsync([(object)RestorePlan ?? Backup], async _ =>
    {
        var (plan, options) = await PrepareAsync(cancellationToken).ConfigureAwait(false);
        if (!await ShouldProcessAsync(
            SystemRestoreDescription.Plan(plan), SystemRestoreDescription.Question(plan), "Restore a Letta system", cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        var target = new SystemRestoreTarget(options, await DiscoveryAsync(cancellationToken).ConfigureAwait(false));
        using var guard = SystemRestoreLock.Take(plan.Deployment);
        // Restored under another name, the restore is still evidence of what the deployment's sets are worth.
        string[] names = [.. new[] { plan.Deployment, plan.Backup.Deployment }.Distinct(StringComparer.Ordinal)];
        var restore = new SystemRestore(target, Observer, [JournalDirectory.Local, .. names.Select(options.Repository.Journals)]);
        WriteObject(await restore.RunAsync(plan, OperationId.Next(), Restart, cancellationToken).ConfigureAwait(false));
    });

    /// <summary>The plan as things are now: one that was piped in says what is wanted, not what has changed since.</summary>
    private async Task<(RestorePlan Plan, SystemRestoreOptions Options)> PrepareAsync(CancellationToken cancellationToken)
    {
        // A plan of a restore says itself where to, also when it says nowhere; only -Deployment adds to it.
        var target = RestorePlan?.Target
            ?? (RestorePlan is null || Deployment is not null ? await TargetAsync(cancellationToken).ConfigureAwait(false) : null);
        var (backup, repository) = await ResolveAsync(
            RestorePlan is null ? Backup : new BackupReference(RestorePlan.Backup), Repository, target?.Name, cancellationToken, BackupParts.Database).ConfigureAwait(false);
        var options = await OptionsAsync(repository, cancellationToken).ConfigureAwait(false) with
        {
            Jobs = Jobs, DisconnectSessions = DisconnectSessions, DiscardPrevious = DiscardPrevious, StartLimit = TimeSpan.FromSeconds(TimeoutSeconds),
        };
        var destination = RestorePlan is null ? Destination : RestorePlan.Restores(RestoreStepKind.RestoreConfiguration) ? RestorePlan.Destination : null;
        var plan = await PlanAsync(backup, target, destination, options, cancellationToken).ConfigureAwait(false);
        foreach (var step in plan.Steps.Where(step => RestorePlan?.Steps.FirstOrDefault(wanted => wanted.Kind == step.Kind) is { Skip: true }))
        {
            step.Skip = true;
        }

        return (plan, options);
    }
}
