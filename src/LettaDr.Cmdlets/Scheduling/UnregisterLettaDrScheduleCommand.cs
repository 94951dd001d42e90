using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Ends the schedules of a plan: its timers, files or tasks are removed, and nobody else's.</summary>
[Cmdlet(VerbsLifecycle.Unregister, "LettaDrSchedule", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(DrSchedule))]
public sealed class UnregisterLettaDrScheduleCommand : ScheduleFilesCmdlet
{
    /// <summary>The plan file, which may be gone by now.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? PlanPath { get; set; }

    /// <summary>Removes files that were changed by hand, too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the schedules that were ended.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var path = PlanPath is null ? (await PlanFileAsync(cancellationToken).ConfigureAwait(false)).Path!
            : await AskAsync(() => SessionState.Path.GetUnresolvedProviderPathFromPSPath(PlanPath), cancellationToken).ConfigureAwait(false);
        foreach (var host in SchedulerHost.All(await FolderAsync(cancellationToken).ConfigureAwait(false)))
        {
            var ended = Schedules.List([host], JobRecord.Folder, DateTimeOffset.Now).Where(schedule => schedule.PlanPath == path).ToList();
            var files = string.Join(", ", Schedules.Of(host, path).Select(found => found.Path));
            if (files.Length > 0 && await ShouldProcessAsync(files, $"End the schedules of {path}", cancellationToken).ConfigureAwait(false))
            {
                await Schedules.RemoveAsync(host, path, Force, cancellationToken).ConfigureAwait(false);
                WriteObject(PassThru ? ended : [], enumerateCollection: true);
            }
        }
    }
}
