using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Puts the database back that the last restore set aside.</summary>
[Cmdlet(VerbsCommon.Undo, "LettaRestore", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(UndoResult))]
public sealed class UndoLettaRestoreCommand : OperationCmdlet
{
    /// <summary>The deployment whose restore is undone.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public DeploymentReference? Deployment { get; set; }

    /// <summary>Name of the database that was restored, instead of the deployment's own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TargetDatabase { get; set; }

    /// <summary>Role and password to connect with, instead of those found.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>Ends the sessions on the restored database at the swap.</summary>
    [Parameter]
    public SwitchParameter DisconnectSessions { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachDeploymentAsync(Deployment, async reference =>
    {
        var deployment = await ResolveAsync(reference, Credential, cancellationToken).ConfigureAwait(false);
        var name = TargetDatabase ?? deployment.Database.Database;
        var operationId = OperationId.Next();
        if (TargetDatabase is null && await UndoClusterAsync(deployment, operationId, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        using var database = await DeploymentDatabase.OpenAsync(deployment, operationId, cancellationToken).ConfigureAwait(false);
        await using var target = database.OpenTarget();
        var undoing = new RestoreUndoing(target, Observer, JournalDirectory.Local);
        var previous = await undoing.FindAsync(name, cancellationToken).ConfigureAwait(false);
        var plan = $"Rename {name} aside and {previous.Name} back to {name}, in one transaction, on {deployment.Database.Host}:{deployment.Database.Port}";
        var question = $"What was written to {name} since {previous.Mark!.At:u} is no longer live, but is kept aside. Undo the restore of {previous.Mark.BackupId}?";
        if (await ShouldProcessAsync(plan, question, "Undo a restore", cancellationToken).ConfigureAwait(false))
        {
            WriteObject(await undoing.RunAsync(deployment, name, DisconnectSessions, operationId, cancellationToken).ConfigureAwait(false));
        }
    }, cancellationToken);

    /// <summary>Whether the newest restore was one of the whole cluster, which this undoes or leaves as the user wants.</summary>
    private async Task<bool> UndoClusterAsync(LettaDeployment deployment, string operationId, CancellationToken cancellationToken)
    {
        var undoing = new ClusterUndoing(deployment, Observer, JournalDirectory.Local);
        if (await undoing.FindAsync(cancellationToken).ConfigureAwait(false) is not ({ } mark, var folder)
            || await NewerAsync(deployment, mark, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        var plan = $"Stop container {deployment.Database.Container!.Name}, set its files aside and put those of {folder} back in their place, and start it";
        if (await ShouldProcessAsync(plan, ClusterUndoing.Question(mark), "Undo a recovery", cancellationToken).ConfigureAwait(false))
        {
            WriteObject(await undoing.RunAsync(mark, folder, DisconnectSessions, operationId, cancellationToken).ConfigureAwait(false));
        }

        return true;
    }

    /// <summary>Whether a set was restored to the database after the cluster had been recovered.</summary>
    private async Task<bool> NewerAsync(LettaDeployment deployment, ClusterMark mark, CancellationToken cancellationToken)
    {
        try
        {
            using var database = await DeploymentDatabase.OpenAsync(deployment, mark.OperationId, cancellationToken).ConfigureAwait(false);
            await using var target = database.OpenTarget();
            var previous = await new RestoreUndoing(target, Observer, JournalDirectory.Local)
                .FindAsync(deployment.Database.Database, cancellationToken).ConfigureAwait(false);
            return previous.Mark!.At > mark.At;
        }
        catch (LettaDrException none) when (none.Id == "NothingToUndo" || none.Kind == FaultKind.Unreachable)
        {
            return false;
        }
    }
}
