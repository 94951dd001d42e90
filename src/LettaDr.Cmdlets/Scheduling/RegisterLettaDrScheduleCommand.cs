using System.Collections;
using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Has systemd, cron or Task Scheduler run a plan's jobs: backups, retention, validation and drills.</summary>
[Cmdlet(VerbsLifecycle.Register, "LettaDrSchedule", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(DrSchedule), typeof(DrScheduleFile))]
public sealed class RegisterLettaDrScheduleCommand : ScheduleFilesCmdlet
{
    /// <summary>The jobs; all but Readiness where none is named. Jobs of the plan that are not named are no longer scheduled.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public DrJob[] Job { get; set; } = [.. DrJobs.Usual];

    /// <summary>Times of jobs instead of the usual ones, as cron expressions: @{ Backup = '*/15 * * * *' }.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable Schedule { get; set; } = [];

    /// <summary>Who starts the jobs, where it is not what this machine has.</summary>
    [Parameter]
    public DrScheduler? Scheduler { get; set; }

    /// <summary>How many seconds each job may take until it is stopped and its failure told; a day, where it is not given.</summary>
    [Parameter]
    [ValidateRange(1, 2_592_000)]
    public int? TimeoutSeconds { get; set; }

    /// <summary>Timers for the whole machine, run by root, instead of this user's own; cron's always are for the machine.</summary>
    [Parameter]
    public SwitchParameter System { get; set; }

    /// <summary>Path of lettadr, or of pwsh, where it is not the one that runs and not in the PATH.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Program { get; set; }

    /// <summary>Writes the files as objects, and changes nothing.</summary>
    [Parameter]
    public SwitchParameter Print { get; set; }

    /// <summary>Replaces files that were changed by hand, or are not LettaDr's.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        var plan = await PlanFileAsync(cancellationToken).ConfigureAwait(false);
        var host = SchedulerHost.Choose(Scheduler, System || Environment.UserName == "root", await FolderAsync(cancellationToken).ConfigureAwait(false), Print);
        var files = host.FilesOf(await RequestAsync(plan, host, cancellationToken).ConfigureAwait(false));
        if (Print)
        {
            WriteObject(files, enumerateCollection: true);
            return;
        }

        var action = $"Have {host.Scheduler} run {string.Join(", ", Job.Distinct().Order())} of {plan.Name}, by {string.Join(", ", files.Select(file => file.Path))}";
        if (!await ShouldProcessAsync(action, action + "?", "Register the schedule", cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        foreach (var variable in PlanSecrets.Variables(plan))
        {
            WriteWarning($"The plan reads a secret from {variable}, which schedulers do not know: have it in a file (file:PATH), or give it to the service yourself.");
        }

        await Schedules.WriteAsync(host, plan.Path!, files, Force, cancellationToken).ConfigureAwait(false);
        var schedules = Schedules.List([host], JobRecord.Folder, DateTimeOffset.Now)
            .Where(schedule => schedule.PlanPath == plan.Path).ToList();
        foreach (var problem in schedules.Select(schedule => schedule.Problem).OfType<string>().Distinct())
        {
            WriteWarning(problem);
        }

        WriteObject(schedules, enumerateCollection: true);
    }

    private async Task<ScheduleRequest> RequestAsync(DrPlan plan, SchedulerHost host, CancellationToken cancellationToken)
    {
        var times = Times(Schedule);
        var program = ScheduleProgram.Find(Program is null ? null
            : await AskAsync(() => SessionState.Path.GetUnresolvedProviderPathFromPSPath(Program), cancellationToken).ConfigureAwait(false));
        return new ScheduleRequest
        {
            Plan = plan.Name, PlanPath = plan.Path!, Program = program, Folder = host.Folder, System = host.System, User = Environment.UserName,
            Limit = TimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null, Prelude = ScheduleProgram.Prelude(program),
            Variables = ScheduleProgram.Variables(Environment.GetEnvironmentVariable),
            Jobs = Job.Distinct().ToDictionary(job => job, job => times.GetValueOrDefault(job) ?? DrJobs.ExpressionOf(job)),
        };
    }
}
