using System.Management.Automation;
using System.Security;

namespace LettaDr.Cmdlets;

/// <summary>What the cmdlets share that restore a configuration: what opens its secrets, and what may be set aside.</summary>
public abstract class ConfigurationRestoreCmdlet : OperationCmdlet
{
    /// <summary>The directory that keeps the sets, where the set is named by id or as latest.</summary>
    [Parameter]
    [ValidateNotNull]
    public RepositoryReference? Repository { get; set; }

    /// <summary>Certificates with private keys that open the secrets; those of your store are tried in any case.</summary>
    [Parameter]
    [Alias("To")]
    [ValidateNotNullOrEmpty]
    public CertificateReference[] Certificate { get; set; } = [];

    /// <summary>The passphrase that the set was made with.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? Passphrase { get; set; }

    /// <summary>Restores without what is encrypted.</summary>
    [Parameter]
    public SwitchParameter SkipEncrypted { get; set; }

    /// <summary>Sets files that are there and differ aside, instead of refusing.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }
}
