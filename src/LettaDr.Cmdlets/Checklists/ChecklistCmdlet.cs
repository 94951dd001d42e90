using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>What cmdlets on checklists share: whose checklist, and where its record is.</summary>
public abstract class ChecklistCmdlet : OperationCmdlet
{
    /// <summary>The deployment, by its name in the repository; it may be lost.</summary>
    public abstract string? Deployment { get; set; }

    /// <summary>The directory that keeps the sets, and the checklists' record beside them.</summary>
    [Parameter]
    public RepositoryReference? Repository { get; set; }

    /// <summary>The incident that the lists During and Post are worked through for.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Incident { get; set; }

    /// <summary>Whose checklist it is, and its record.</summary>
    private protected async Task<(string Deployment, DrChecklistFile File)> RecordAsync(CancellationToken cancellationToken)
    {
        var name = Deployment ?? await PlannedNameAsync(cancellationToken).ConfigureAwait(false) ?? throw new LettaDrException(
            "DeploymentNotGiven", FaultKind.InvalidArgument, "Neither a deployment's name nor a plan was given.",
            "Give -Deployment with the name that Get-LettaBackup shows, or -Plan with a plan file.");
        var repository = await OpenOrPlannedAsync(Repository, cancellationToken).ConfigureAwait(false);
        return Directory.Exists(repository.Location) ? (name, new DrChecklistFile(repository.Location, name)) : throw RepositoryFaults.NotFound(repository.Location);
    }

    /// <summary>The incident that an item's list is of: the standing list is of none.</summary>
    private protected string? IncidentOf(DrChecklistPhase phase) => phase == DrChecklistPhase.Pre ? null : Incident;
}
