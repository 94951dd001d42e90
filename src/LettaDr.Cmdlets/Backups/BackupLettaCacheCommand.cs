using System.Management.Automation;
using System.Security;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Backs up the files of a deployment's Redis into a set, proven by a throw-away Redis that has loaded them.</summary>
[Cmdlet(VerbsData.Backup, "LettaCache", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(Backup))]
public sealed class BackupLettaCacheCommand : BackupCmdlet
{
    /// <summary>Redis's password, instead of the one found.</summary>
    [Parameter]
    public SecureString? CachePassword { get; set; }

    private protected override async Task<Backup?> BackUpAsync(
        DeploymentReference reference, IBackupRepository repository, CancellationToken cancellationToken)
    {
        var deployment = (await ResolveAsync(reference, null, cancellationToken).ConfigureAwait(false)).WithCachePassword(CachePassword);
        var (cache, container) = RedisContainer.Of(deployment);
        var plan = CacheBackupDescription.Plan(deployment, cache, container, repository.Location);
        if (!await ShouldProcessAsync(plan, plan, "Back up a Letta cache", cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        await using var part = await CacheBackupPart.OpenAsync(deployment, cancellationToken).ConfigureAwait(false);
        return await new BackupMaking(repository, Observer, JournalDirectory.Local)
            .RunAsync(new SetRequest(deployment, Label), [part], cancellationToken).ConfigureAwait(false);
    }
}
