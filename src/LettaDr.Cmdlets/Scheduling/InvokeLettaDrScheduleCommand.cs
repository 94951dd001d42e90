using System.Collections;
using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Runs a plan's jobs as schedulers do: one run of a job at a time, remembered, and told to people when it failed.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "LettaDrSchedule", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(DrJobRun))]
public sealed class InvokeLettaDrScheduleCommand : ScheduleCmdlet
{
    /// <summary>The jobs, run one after the other.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public DrJob[] Job { get; set; } = [];

    /// <summary>Runs only what has become due since its last run, by the usual times or those of -Schedule.</summary>
    [Parameter]
    public SwitchParameter Due { get; set; }

    /// <summary>Times of jobs instead of the usual ones, as cron expressions.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable Schedule { get; set; } = [];

    /// <summary>Runs nothing: only tells people of a run that died.</summary>
    [Parameter]
    public SwitchParameter ReportOnly { get; set; }

    /// <summary>Runs though the plan does not want it again yet.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>How many seconds a job may take until it is stopped and its failure told; a day, where it is not given.</summary>
    [Parameter]
    [ValidateRange(1, 2_592_000)]
    public int? TimeoutSeconds { get; set; }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        var plan = await PlanFileAsync(cancellationToken).ConfigureAwait(false);
        var times = Times(Schedule);
        var running = new JobRunning(plan, JobRecord.Folder, TimeProvider.System, alert => AlertAsync(plan, alert), WriteWarning);
        if (!ReportOnly)
        {
            await StartKilledAsync(cancellationToken).ConfigureAwait(false);
        }

        await ForEachItemAsync(Job.Distinct(), async job =>
        {
            if (!await ShouldProcessAsync($"{job} of {plan.Name}", "Run the scheduled job", cancellationToken).ConfigureAwait(false))
            {
                return;
            }

            var order = new JobRunning.Order(job, Due ? times.GetValueOrDefault(job) ?? DrJobs.ExpressionOf(job) : null, Force, ReportOnly)
            {
                Limit = TimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : DrJobs.Limit,
            };
            if (await running.RunAsync(order, token => WorkAsync(job, plan, token), cancellationToken).ConfigureAwait(false) is { } run)
            {
                WriteObject(run);
                if (run.Outcome == Outcome.Failed)
                {
                    throw new LettaDrException(
                        "JobFailed", FaultKind.OperationFailed, $"{job} of {plan.Name} failed: {run.Message.TrimEnd('.')}.",
                        $"Put that right, then run Invoke-LettaDrSchedule -Job {job} -Force.", run);
                }
            }
        }).ConfigureAwait(false);
    }

    private Task<JobResult> WorkAsync(DrJob job, DrPlan plan, CancellationToken cancellationToken) => PerformAsync(
        () =>
        {
            using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
            using var stopping = cancellationToken.Register(() => shell.BeginStop(null, null));
            shell.AddScript(DrJobs.CommandOf(job), useLocalScope: true).AddArgument(plan.Path);
            var result = JobOutcome.Of(job, shell);
            // PowerShell ends a stopped command without a word, and what it wrote until then proves nothing.
            cancellationToken.ThrowIfCancellationRequested();
            return result;
        },
        cancellationToken);

    /// <summary>Whoever stops a job does not stop people from being told; the sender has limits of its own.</summary>
    /// <returns>Whether anybody was; where the plan names nobody, nobody is to be told again.</returns>
    private async Task<bool> AlertAsync(DrPlan plan, DrAlert alert)
    {
        var deliveries = await AlertSender.SendAsync(alert, plan.Notifications, CancellationToken.None).ConfigureAwait(false);
        new AlertDeliveries().Save(plan.Notifications, deliveries);
        foreach (var delivery in deliveries)
        {
            if (!delivery.Delivered)
            {
                WriteFault(AlertChoice.NotDelivered(delivery), delivery);
            }
        }

        if (plan.Notifications.Count == 0)
        {
            WriteWarning($"{alert.Title}, and the plan names nobody to tell.");
        }

        return plan.Notifications.Count == 0 || deliveries.Any(delivery => delivery.Delivered);
    }
}
