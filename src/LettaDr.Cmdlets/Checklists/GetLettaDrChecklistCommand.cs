using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Lists the guide's checklists with what is known of each item, by checks piped in and by what people recorded.</summary>
[Cmdlet(VerbsCommon.Get, "LettaDrChecklist", DefaultParameterSetName = "Item")]
[OutputType(typeof(DrChecklistItem), ParameterSetName = ["Item"])]
[OutputType(typeof(DrChecklistEntry), ParameterSetName = ["History"])]
public sealed class GetLettaDrChecklistCommand : ChecklistCmdlet
{
    private readonly List<CheckResult> _checks = [];

    /// <inheritdoc/>
    /// <remarks>Not by property name: checks are piped in, and not each knows whose it is.</remarks>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public override string? Deployment { get; set; }

    /// <summary>The checklists; all three where none is named.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public DrChecklistPhase[] Phase { get; set; } = [DrChecklistPhase.Pre, DrChecklistPhase.During, DrChecklistPhase.Post];

    /// <summary>Results of Test-LettaDrReadiness, Test-LettaDeployment, Test-LettaConsistency and others, which answer items.</summary>
    [Parameter(ValueFromPipeline = true, ParameterSetName = "Item")]
    [ValidateNotNullOrEmpty]
    public CheckResult[] Check { get; set; } = [];

    /// <summary>Lists what was recorded instead, the oldest first: of every deployment's item, who answered what and when.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "History")]
    public SwitchParameter History { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken)
    {
        _checks.AddRange(Check);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        var (deployment, file) = await RecordAsync(cancellationToken).ConfigureAwait(false);
        var entries = file.Read(out var altered);
        if (altered is not null)
        {
            // Nobody's word counts where somebody has tampered with words.
            WriteFault(altered, deployment);
        }

        if (History)
        {
            WriteObject(
                entries.Where(entry => Phase.Contains(entry.Phase) && (Incident is null || entry.Incident == Incident)).ToList(), enumerateCollection: true);
            return;
        }

        var within = ((await PlanAsync(cancellationToken).ConfigureAwait(false))?.Runbooks ?? new()).ReviewedWithin;
        foreach (var phase in Phase)
        {
            WriteObject(
                new DrChecklistAnswering(deployment, IncidentOf(phase), _checks, altered is null ? entries : [], within, DateTimeOffset.UtcNow)
                {
                    SystemChecks = [.. DeploymentProbe.CheckNames, .. DeploymentConsistency.CheckNames],
                }.Of(phase),
                enumerateCollection: true);
        }
    }
}
