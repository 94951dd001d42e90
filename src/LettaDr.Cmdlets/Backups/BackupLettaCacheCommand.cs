using System.Management.Automation;
using System.Security;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Backs up the files of a deployment's Redis into a set, proven by a throw-away Redis that has loaded them.</summary>
[Cmdlet(VerbsData.Backup, "LettaCache", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(Backup))]
public sealed class BackupLettaCacheCommand : OperationCmdlet
{
    /// <summary>The deployments: objects of Get-LettaDeployment, compose files, URIs, Compose projects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public DeploymentReference[] Deployment { get; set; } = [];

    /// <summary>The directory that keeps the sets; it is made if only itself is missing.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public RepositoryReference Repository { get; set; } = null!;

    /// <summary>A name of your own for the set.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Label { get; set; }

    /// <summary>Redis's password, instead of the one found.</summary>
    [Parameter]
    public SecureString? CachePassword { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachItemAsync(Deployment, async reference =>
    {
        var repository = await OpenAsync(Repository, cancellationToken).ConfigureAwait(false);
        var deployment = (await ResolveAsync(reference, null, cancellationToken).ConfigureAwait(false)).WithCachePassword(CachePassword);
        var (cache, container) = RedisContainer.Of(deployment);
        var plan = CacheBackupDescription.Plan(deployment, cache, container, repository.Location);
        if (!await ShouldProcessAsync(plan, plan, "Back up a Letta cache", cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        await using var part = await CacheBackupPart.OpenAsync(deployment, cancellationToken).ConfigureAwait(false);
        WriteObject(await new BackupMaking(repository, Observer, JournalDirectory.Local)
            .RunAsync(new SetRequest(deployment, Label), [part], cancellationToken).ConfigureAwait(false));
    });
}
