using System.Management.Automation;
using System.Security;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Backs up what a deployment is configured by, and its agents' memory files; secrets only encrypted.</summary>
[Cmdlet(VerbsData.Backup, "LettaConfiguration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(Backup))]
public sealed class BackupLettaConfigurationCommand : OperationCmdlet
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

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachItemAsync(Deployment, async reference =>
    {
        var repository = await OpenAsync(Repository, cancellationToken).ConfigureAwait(false);
        var sealing = new SecretSealing(await FindAsync(Certificate, cancellationToken).ConfigureAwait(false), ToSecret(Passphrase));
        var deployment = await ResolveAsync(reference, Credential, cancellationToken).ConfigureAwait(false);
        var plan = ConfigurationDescription.Plan(deployment, sealing, IncludeImages, repository.Location);
        if (!await ShouldProcessAsync(plan, plan, "Back up a Letta configuration", cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        await using var configuration = new ConfigurationBackupPart(sealing, IncludeImages);
        await using var memory = new MemoryBackupPart();
        var backup = await new BackupMaking(repository, Observer, JournalDirectory.Local)
            .RunAsync(new SetRequest(deployment, Label), [configuration, memory], cancellationToken).ConfigureAwait(false);
        WriteObject(backup);
    });
}
