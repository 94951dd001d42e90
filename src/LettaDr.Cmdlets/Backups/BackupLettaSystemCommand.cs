using System.Management.Automation;
using System.Security;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Backs up a whole deployment into one set: database, cache, configuration and memory files of one recovery point.</summary>
[Cmdlet(VerbsData.Backup, "LettaSystem", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(Backup))]
public sealed class BackupLettaSystemCommand : ConfigurationBackupCmdlet
{
    /// <summary>Leaves the cache out.</summary>
    [Parameter]
    public SwitchParameter SkipCache { get; set; }

    /// <summary>Leaves all rows to pg_dump: slower and larger, but one file that any pg_restore reads.</summary>
    [Parameter]
    public SwitchParameter Portable { get; set; }

    /// <summary>Connections that read at once.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int Jobs { get; set; } = 2;

    /// <summary>zstd's level: 1 is fastest, 19 smallest.</summary>
    [Parameter]
    [ValidateRange(1, 19)]
    public int CompressionLevel { get; set; } = 1;

    /// <summary>Redis's password, instead of the one found.</summary>
    [Parameter]
    public SecureString? CachePassword { get; set; }

    /// <summary>Takes a cluster other than that of the newest set for this deployment's own from now on.</summary>
    [Parameter]
    public SwitchParameter AllowOtherCluster { get; set; }

    private protected override async Task<Backup?> BackUpAsync(
        DeploymentReference reference, IBackupRepository repository, CancellationToken cancellationToken)
    {
        var sealing = await SealingAsync(cancellationToken).ConfigureAwait(false);
        var deployment = (await ResolveAsync(reference, Credential, cancellationToken).ConfigureAwait(false)).WithCachePassword(CachePassword);
        var request = new BackupRequest
        {
            Deployment = deployment, Label = Label, Jobs = Jobs, CompressionLevel = CompressionLevel, Portable = Portable,
            AllowOtherCluster = AllowOtherCluster,
        };
        var system = new SystemBackup(repository, request, sealing, IncludeImages, SkipCache);
        var plan = system.Describe();
        return await ShouldProcessAsync(plan, plan, "Back up a Letta system", cancellationToken).ConfigureAwait(false)
            ? await system.RunAsync(Observer, JournalDirectory.Local, cancellationToken).ConfigureAwait(false)
            : null;
    }
}
