using System.Management.Automation;
using System.Security;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Restores a set's cache: loads it beside in a throw-away Redis, exchanges the files, and counts the keys.</summary>
[Cmdlet(VerbsData.Restore, "LettaCache", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CacheRestoreResult))]
public sealed class RestoreLettaCacheCommand : OperationCmdlet
{
    /// <summary>The set: an object of Get-LettaBackup, an id, or latest.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public BackupReference Backup { get; set; } = null!;

    /// <summary>The deployment to restore to.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNull]
    public DeploymentReference? Deployment { get; set; }

    /// <summary>The directory that keeps the sets, where the set is named by id or as latest.</summary>
    [Parameter]
    [ValidateNotNull]
    public RepositoryReference? Repository { get; set; }

    /// <summary>Redis's password, instead of the one found.</summary>
    [Parameter]
    public SecureString? CachePassword { get; set; }

    /// <summary>Role and password for the database, which Letta's keys are compared with, instead of those found.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>Leaves keys that contradict the database.</summary>
    [Parameter]
    public SwitchParameter KeepStale { get; set; }

    /// <summary>Removes the files that Redis had, once it holds the set's keys.</summary>
    [Parameter]
    public SwitchParameter DiscardPrevious { get; set; }

    /// <summary>Takes a set of another deployment.</summary>
    [Parameter]
    public SwitchParameter AllowOtherDeployment { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachItemAsync([Backup], async reference =>
    {
        var named = await OnlyDeploymentAsync(Deployment, cancellationToken).ConfigureAwait(false);
        var deployment = (await ResolveAsync(named, Credential, cancellationToken).ConfigureAwait(false)).WithCachePassword(CachePassword);
        var (backup, repository) = await ResolveAsync(
            reference, Repository, deployment.Name, cancellationToken, BackupParts.Cache).ConfigureAwait(false);
        var operationId = OperationId.Next();
        var request = new CacheRestoreRequest
        {
            Deployment = deployment, Backup = backup, DiscardPrevious = DiscardPrevious, AllowOtherDeployment = AllowOtherDeployment,
            Reconcile = KeepStale ? null : (cache, token) => CacheCleaner.ReconcileAsync(deployment with { Cache = cache }, operationId, Observer, token),
        };
        await using var target = await RedisCacheTarget.OpenAsync(deployment, cancellationToken).ConfigureAwait(false);
        var restore = new CacheRestore(repository, target, Observer, JournalDirectory.Local);
        var profile = await restore.PreflightAsync(request, cancellationToken).ConfigureAwait(false);
        if (await ShouldProcessAsync(
            CacheRestoreDescription.Plan(request, profile), CacheRestoreDescription.Question(request, profile),
            "Restore a Letta cache", cancellationToken).ConfigureAwait(false))
        {
            WriteObject(await restore.RunAsync(request, operationId, cancellationToken).ConfigureAwait(false));
        }
    });
}
