using System.Management.Automation;

namespace LettaDr.Cmdlets;

/// <summary>Records of a checklist's item who answers for it, how, and when; what was recorded before stays.</summary>
[Cmdlet(VerbsCommon.Set, "LettaDrChecklistItem", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(DrChecklistItem))]
public sealed class SetLettaDrChecklistItemCommand : ChecklistCmdlet
{
    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public override string? Deployment { get; set; }

    /// <summary>The checklist.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public DrChecklistPhase Phase { get; set; }

    /// <summary>The item's place in it, from 1.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, 7)]
    public int Number { get; set; }

    /// <summary>Passed where it is done, Failed where it cannot be or went wrong, NotRun to take an answer back.</summary>
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true)]
    public Outcome Outcome { get; set; } = Outcome.Passed;

    /// <summary>What was done, seen or decided.</summary>
    [Parameter(Position = 3, ValueFromPipelineByPropertyName = true)]
    [Alias("Evidence")]
    [ValidateNotNullOrEmpty]
    public string? Note { get; set; }

    /// <summary>Who answers for it, where it is not the user who records it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? By { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachItemAsync([(Phase, Number)], async item =>
    {
        var question = DrChecklist.Find(item.Phase, item.Number);
        var (deployment, file) = await RecordAsync(cancellationToken).ConfigureAwait(false);
        var user = $"{Environment.UserName}@{Environment.MachineName}";
        var entry = new DrChecklistEntry
        {
            Sequence = 0, Deployment = deployment, Incident = IncidentOf(item.Phase), Phase = item.Phase, Number = item.Number, Outcome = Outcome, By = By ?? user,
            RecordedBy = user, At = DateTimeOffset.UtcNow, Note = Note,
        };
        if (await ShouldProcessAsync(
            $"{item.Phase} {item.Number} of {deployment}: {question.Text}", $"Record {Outcome} by {entry.By} in {file.Path}", cancellationToken).ConfigureAwait(false))
        {
            await file.AppendAsync([entry], cancellationToken).ConfigureAwait(false);
            WriteObject(new DrChecklistAnswering(deployment, entry.Incident, [], [entry], TimeSpan.MaxValue, entry.At).Answer(question));
        }
    });
}
