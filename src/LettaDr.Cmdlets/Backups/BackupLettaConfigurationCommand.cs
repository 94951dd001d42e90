using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Backs up what a deployment is configured by, and its agents' memory files; secrets only encrypted.</summary>
[Cmdlet(VerbsData.Backup, "LettaConfiguration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(Backup))]
public sealed class BackupLettaConfigurationCommand : ConfigurationBackupCmdlet
{
    private protected override async Task<Backup?> BackUpAsync(
        DeploymentReference reference, IBackupRepository repository, CancellationToken cancellationToken)
    {
        var sealing = await SealingAsync(cancellationToken).ConfigureAwait(false);
        var deployment = await ResolveAsync(reference, Credential, cancellationToken).ConfigureAwait(false);
        var plan = ConfigurationDescription.Plan(deployment, sealing, IncludeImages, repository.Location);
        if (!await ShouldProcessAsync(plan, plan, "Back up a Letta configuration", cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        await using var configuration = new ConfigurationBackupPart(sealing, IncludeImages);
        await using var memory = new MemoryBackupPart();
        return await new BackupMaking(repository, Observer, JournalDirectory.Local)
            .RunAsync(new SetRequest(deployment, Label), [configuration, memory], cancellationToken).ConfigureAwait(false);
    }
}
