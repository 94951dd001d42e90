using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Puts the database back that the last restore set aside.</summary>
[Cmdlet(VerbsCommon.Undo, "LettaRestore", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(UndoResult))]
public sealed class UndoLettaRestoreCommand : OperationCmdlet
{
    /// <summary>The deployment whose restore is undone.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public DeploymentReference Deployment { get; set; } = null!;

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
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachItemAsync([Deployment], async reference =>
    {
        var deployment = await ResolveAsync(reference, Credential, cancellationToken).ConfigureAwait(false);
        var name = TargetDatabase ?? deployment.Database.Database;
        var operationId = OperationId.Next();
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
    });
}
