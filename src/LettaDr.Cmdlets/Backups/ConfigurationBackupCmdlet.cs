using System.Management.Automation;
using System.Security;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>What the cmdlets share that put a configuration into a set: to whom its secrets are encrypted.</summary>
public abstract class ConfigurationBackupCmdlet : BackupCmdlet
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

    private protected async Task<SecretSealing> SealingAsync(CancellationToken cancellationToken) =>
        new(
            await FindAsync(Certificate, cancellationToken).ConfigureAwait(false), await PassphraseAsync(Passphrase, cancellationToken).ConfigureAwait(false));
}
