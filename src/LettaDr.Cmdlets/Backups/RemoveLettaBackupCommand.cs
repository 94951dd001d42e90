using System.Management.Automation;

namespace LettaDr.Cmdlets;

/// <summary>Removes sets from their repository.</summary>
[Cmdlet(VerbsCommon.Remove, "LettaBackup", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveLettaBackupCommand : OperationCmdlet
{
    /// <summary>The sets: objects of Get-LettaBackup, or ids.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public BackupReference[] Backup { get; set; } = [];

    /// <summary>The directory that keeps the sets, where they are named by id.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNull]
    public RepositoryReference? Repository { get; set; }

    /// <summary>Removes even the last set that was proven restorable, or the only one.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachItemAsync(Backup, async reference =>
    {
        var (backup, repository) = await ResolveAsync(reference, Repository, null, cancellationToken).ConfigureAwait(false);
        var removal = new BackupRemoval(repository);
        removal.Check(backup, Force);
        var plan = $"Remove the set {backup.Id} of {backup.Deployment} ({backup.SnapshotTime:u}, {ByteSize.Format(backup.Size)}) from {repository.Location}";
        var question = $"The state of {backup.Deployment} at {backup.SnapshotTime:u} cannot be restored from {repository.Location} any more. Remove the set {backup.Id}?";
        if (await ShouldProcessAsync(plan, question, "Remove a backup set", cancellationToken).ConfigureAwait(false))
        {
            removal.Remove(backup, Force);
        }
    });
}
