using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Restores configuration and memory files from a set to a folder.</summary>
[Cmdlet(VerbsData.Restore, "LettaConfiguration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ConfigurationRestoreResult))]
public sealed class RestoreLettaConfigurationCommand : ConfigurationRestoreCmdlet
{
    /// <summary>The set: an object of Get-LettaBackup, an id, or latest.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public BackupReference Backup { get; set; } = null!;

    /// <summary>The folder to restore to: a new one, or the project's own.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = string.Empty;

    /// <summary>Restores without the agents' memory files.</summary>
    [Parameter]
    public SwitchParameter SkipMemory { get; set; }

    /// <summary>Puts files that lay outside the project's folder back where they lay.</summary>
    [Parameter]
    public SwitchParameter OriginalPaths { get; set; }

    /// <summary>Loads the set's images that the Docker engine lacks.</summary>
    [Parameter]
    public SwitchParameter IncludeImages { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachItemAsync([Backup], async reference =>
    {
        var (backup, repository) = await ResolveAsync(
            reference, Repository, null, cancellationToken, BackupParts.Configuration).ConfigureAwait(false);
        var request = new ConfigurationRestoreRequest
        {
            Backup = backup,
            Destination = await AskAsync(() => Path.TrimEndingDirectorySeparator(GetUnresolvedProviderPathFromPSPath(Destination)), cancellationToken)
                .ConfigureAwait(false),
            Certificates = await FindAsync(Certificate, cancellationToken).ConfigureAwait(false),
            Passphrase = await PassphraseAsync(Passphrase, cancellationToken).ConfigureAwait(false),
            Force = Force, OriginalPaths = OriginalPaths, SkipEncrypted = SkipEncrypted, SkipMemory = SkipMemory, IncludeImages = IncludeImages,
        };
        var restore = new ConfigurationRestore(repository, Observer, JournalDirectory.Local);
        var plan = await restore.PlanAsync(request, cancellationToken).ConfigureAwait(false);
        var description = plan.Describe();
        if (await ShouldProcessAsync(description, description, "Restore a Letta configuration", cancellationToken).ConfigureAwait(false))
        {
            WriteObject(await restore.RunAsync(plan, OperationId.Next(), cancellationToken).ConfigureAwait(false));
        }
    });
}
