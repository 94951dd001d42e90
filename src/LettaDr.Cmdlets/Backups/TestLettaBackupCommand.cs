using System.Management.Automation;
using System.Security;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Tests sets: whether every byte is the one written, and whether each part restores as it was.</summary>
[Cmdlet(VerbsDiagnostic.Test, "LettaBackup")]
[OutputType(typeof(CheckResult), typeof(bool))]
public sealed class TestLettaBackupCommand : OperationCmdlet
{
    private bool _allPassed = true;
    private bool _tested;

    /// <summary>The sets: objects of Get-LettaBackup, or ids, or latest.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public BackupReference[] Backup { get; set; } = [];

    /// <summary>The directory that keeps the sets, where they are named by id.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNull]
    public RepositoryReference? Repository { get; set; }

    /// <summary>Checksum reads every file; Restore also restores each part into throw-away containers and folders, and compares.</summary>
    [Parameter]
    public BackupTestLevel Level { get; set; } = BackupTestLevel.Checksum;

    /// <summary>Image of the throw-away PostgreSQL, instead of the one that the set records.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Image { get; set; }

    /// <summary>Connections and processes at once.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int Jobs { get; set; } = 2;

    /// <summary>Certificates with private keys that open what is encrypted; those of your store are tried in any case.</summary>
    [Parameter]
    [Alias("To")]
    [ValidateNotNullOrEmpty]
    public CertificateReference[] Certificate { get; set; } = [];

    /// <summary>The passphrase that the set was made with.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? Passphrase { get; set; }

    /// <summary>Writes one Boolean instead: true when every check asked for was made and passed.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachItemAsync(Backup, async reference =>
    {
        try
        {
            var (backup, repository) = await ResolveAsync(reference, Repository, null, cancellationToken).ConfigureAwait(false);
            var certificates = await FindAsync(Certificate, cancellationToken).ConfigureAwait(false);
            var passphrase = await PassphraseAsync(Passphrase, cancellationToken).ConfigureAwait(false);
            var checks = BackupPartChecks.Of(repository, Observer, Jobs, Image, certificates, passphrase, cancellationToken);
            foreach (var (result, asked) in await new BackupTesting(repository, Observer, checks)
                .RunAsync(backup, Level == BackupTestLevel.Restore, cancellationToken).ConfigureAwait(false))
            {
                Write(result, asked);
            }
        }
        catch
        {
            _allPassed = false;
            throw;
        }
    });

    /// <inheritdoc/>
    protected override Task EndAsync(CancellationToken cancellationToken)
    {
        if (Quiet)
        {
            WriteObject(_tested && _allPassed);
        }

        return Task.CompletedTask;
    }

    private void Write(CheckResult result, bool asked)
    {
        _tested = true;
        _allPassed &= !asked || result.Outcome == Outcome.Passed;
        if (!Quiet)
        {
            WriteObject(result);
        }
    }
}
