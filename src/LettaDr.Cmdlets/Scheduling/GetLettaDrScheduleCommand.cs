using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Lists the jobs that schedulers of this machine run for plans, with their last run and their next.</summary>
[Cmdlet(VerbsCommon.Get, "LettaDrSchedule")]
[OutputType(typeof(DrSchedule))]
public sealed class GetLettaDrScheduleCommand : ScheduleFilesCmdlet
{
    /// <summary>The jobs; all where none is named.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public DrJob[] Job { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        var path = Plan is null ? null : (await PlanFileAsync(cancellationToken).ConfigureAwait(false)).Path;
        foreach (var schedule in Schedules
            .List(SchedulerHost.All(await FolderAsync(cancellationToken).ConfigureAwait(false)), JobRecord.Folder, DateTimeOffset.Now)
            .Where(schedule => (path is null || schedule.PlanPath == path) && (Job.Length == 0 || Job.Contains(schedule.Job))))
        {
            WriteObject(schedule);
        }
    }
}
