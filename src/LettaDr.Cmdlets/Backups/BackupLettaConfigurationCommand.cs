using System.Management.Automation;
using System.Security;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Backs up what a deployment is configured by, and its agents' memory files; secrets only encrypted.</summary>
[Cmdlet(VerbsData.Backup, "LettaConfiguration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(Backup))]
public sealed class BackupLettaConfigurationCommand : BackupCmdlet
{
    /// <summary>Certificates to encrypt secrets to: objects, files, thumbprints or subjects in your store.</summary>
    [Parameter]
    [Alias("To")]
    [ValidateNotNullOrEmpty]
    public CertificateReference[] Certificate { get; set; } = [];

    /// <summary>A passphrase that opens the secrets, too.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? Passphrase { get; set; }

    /// <summary>Puts the containers' images into the set.</summary>
    [Parameter]
    public SwitchParameter IncludeImages { get; set; }

    /// <summary>Role and password to connect to the database with, instead of those found.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    private protected override async Task<Backup?> BackUpAsync(
        DeploymentReference reference, IBackupRepository repository, CancellationToken cancellationToken)
    {
        var sealing = new SecretSealing(await FindAsync(Certificate, cancellationToken).ConfigureAwait(false), ToSecret(Passphrase));
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
