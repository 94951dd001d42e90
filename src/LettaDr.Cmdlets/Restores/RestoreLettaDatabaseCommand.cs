using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Restores a set beside the live database, compares every row, and swaps; or takes the whole cluster to a moment.</summary>
[Cmdlet(VerbsData.Restore, "LettaDatabase", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = BySet)]
[OutputType(typeof(RestoreResult), ParameterSetName = [BySet])]
[OutputType(typeof(RecoveryResult), ParameterSetName = [BySet, ByTime, ByLsn, ByName, ByLatest])]
public sealed class RestoreLettaDatabaseCommand : RecoveryCmdlet
{
    /// <summary>The set: an object of Get-LettaBackup, an id, or latest.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = BySet)]
    public BackupReference Backup { get; set; } = null!;

    /// <summary>Name of the database to restore as, instead of the deployment's own.</summary>
    [Parameter(ParameterSetName = BySet)]
    [ValidateNotNullOrEmpty]
    public string? TargetDatabase { get; set; }

    /// <summary>Role that is to own everything restored, instead of the owners in the set.</summary>
    [Parameter(ParameterSetName = BySet)]
    [ValidateNotNullOrEmpty]
    public string? Owner { get; set; }

    /// <summary>Makes roles that the set names and the server lacks, without login.</summary>
    [Parameter(ParameterSetName = BySet)]
    public SwitchParameter CreateMissingRoles { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ParameterSetName == BySet
        ? ForEachItemAsync([Backup], reference => RestoreAsync(reference, cancellationToken))
        : ForEachDeploymentAsync(Deployment, reference => RecoverAsync(reference, cancellationToken), cancellationToken);

    private async Task RestoreAsync(BackupReference reference, CancellationToken cancellationToken)
    {
        var deployment = await ResolveAsync(await OnlyDeploymentAsync(Deployment, cancellationToken).ConfigureAwait(false), Credential, cancellationToken).ConfigureAwait(false);
        var (backup, repository) = await ResolveAsync(
            reference, Repository, deployment.Name, cancellationToken, BackupParts.Database).ConfigureAwait(false);
        if (backup.Manifest is { PgBackRest: not null, Database: null })
        {
            await RecoverAsync(deployment, backup, repository, cancellationToken).ConfigureAwait(false);
            return;
        }

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
    }

    private async Task RecoverAsync(LettaDeployment deployment, Backup backup, IBackupRepository repository, CancellationToken cancellationToken)
    {
        if (Array.Find([nameof(TargetDatabase), nameof(Owner), nameof(CreateMissingRoles)], IsGiven) is { } foreign)
        {
            throw new LettaDrException(
                "ParameterMismatch", FaultKind.InvalidArgument, $"-{foreign} has no meaning for the set {backup.Id} of pgBackRest, which is of the whole cluster.",
                "Leave it out, or restore a logical set.", backup.Id);
        }

        // A backup that others made is in no repository of sets; the journal of its restore is.
        var kept = PgBackRestCatalog.IsUnproven(backup) ? await OpenOrPlannedAsync(Repository, cancellationToken).ConfigureAwait(false) : repository;
        await RecoverSetAsync(deployment, kept, backup, cancellationToken).ConfigureAwait(false);
    }
}
