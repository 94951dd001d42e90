using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Restores a set beside the live database, compares every row, and swaps.</summary>
[Cmdlet(VerbsData.Restore, "LettaDatabase", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RestoreResult))]
public sealed class RestoreLettaDatabaseCommand : OperationCmdlet
{
    /// <summary>The set: an object of Get-LettaBackup, an id, or latest.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public BackupReference Backup { get; set; } = null!;

    /// <summary>The deployment to restore to.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public DeploymentReference Deployment { get; set; } = null!;

    /// <summary>The directory that keeps the sets, where the set is named by id or as latest.</summary>
    [Parameter]
    public RepositoryReference? Repository { get; set; }

    /// <summary>Name of the database to restore as, instead of the deployment's own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TargetDatabase { get; set; }

    /// <summary>Role that is to own everything restored, instead of the owners in the set.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Owner { get; set; }

    /// <summary>Connections and processes that load rows and build indexes at once; one more process loads the small tables.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int Jobs { get; set; } = 2;

    /// <summary>Role and password to connect with, instead of those found.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>Ends the sessions on the live database at the swap; without it a restore is refused while there are any.</summary>
    [Parameter]
    public SwitchParameter DisconnectSessions { get; set; }

    /// <summary>Drops the database that was live, once the restored one has taken its place; Undo-LettaRestore is then impossible.</summary>
    [Parameter]
    public SwitchParameter DiscardPrevious { get; set; }

    /// <summary>Makes roles that the set names and the server lacks, without login.</summary>
    [Parameter]
    public SwitchParameter CreateMissingRoles { get; set; }

    /// <summary>Takes a set of another deployment, or replaces tables of another cluster.</summary>
    [Parameter]
    public SwitchParameter AllowOtherCluster { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachItemAsync([Backup], async reference =>
    {
        var deployment = await ResolveAsync(Deployment, Credential, cancellationToken).ConfigureAwait(false);
        var (backup, repository) = await ResolveAsync(
            reference, Repository, deployment.Name, cancellationToken, BackupParts.Database).ConfigureAwait(false);
        var request = new RestoreRequest
        {
            Deployment = deployment, Backup = backup, TargetDatabase = TargetDatabase ?? deployment.Database.Database, Owner = Owner,
            Jobs = Jobs, DisconnectSessions = DisconnectSessions, DiscardPrevious = DiscardPrevious,
            CreateMissingRoles = CreateMissingRoles, AllowOtherCluster = AllowOtherCluster,
        };
        var operationId = OperationId.Next();
        using var database = await DeploymentDatabase.OpenAsync(deployment, operationId, cancellationToken).ConfigureAwait(false);
        await using var target = database.OpenTarget();
        var restore = new DatabaseRestore(repository, target, Observer, JournalDirectory.Local);
        var inventory = DatabaseRestore.ReadInventory(repository, backup);
        var profile = await restore.PreflightAsync(request, inventory, cancellationToken).ConfigureAwait(false);
        if (await ShouldProcessAsync(
            RestoreDescription.Plan(request, inventory, profile), RestoreDescription.Question(request, profile),
            "Restore a Letta database", cancellationToken).ConfigureAwait(false))
        {
            WriteObject(await restore.RunAsync(request, operationId, cancellationToken).ConfigureAwait(false));
        }
    });
}
