using System.Management.Automation;

namespace LettaDr.Cmdlets;

/// <summary>What the cmdlets that make sets share: of what, where to, and the set's name.</summary>
public abstract class BackupCmdlet : OperationCmdlet
{
    /// <summary>The deployments: objects of Get-LettaDeployment, compose files, URIs, Compose projects.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public DeploymentReference[] Deployment { get; set; } = [];

    /// <summary>The directory that keeps the sets; it is made if only itself is missing.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNull]
    public RepositoryReference? Repository { get; set; }

    /// <summary>A name of your own for the set.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Label { get; set; }

    /// <summary>Makes the set of one deployment; null when the user does not want it.</summary>
    private protected abstract Task<Backup?> BackUpAsync(
        DeploymentReference reference, IBackupRepository repository, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected sealed override Task ProcessAsync(CancellationToken cancellationToken) => ForEachDeploymentAsync(Deployment, async reference =>
    {
        var repository = await OpenOrPlannedAsync(Repository, cancellationToken).ConfigureAwait(false);
        if (await BackUpAsync(reference, repository, cancellationToken).ConfigureAwait(false) is { } backup)
        {
            WriteObject(backup);
        }
    }, cancellationToken);
}
