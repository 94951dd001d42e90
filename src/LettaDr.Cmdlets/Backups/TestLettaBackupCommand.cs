using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Tests sets: whether every byte is the one written, and whether they restore with every row identical.</summary>
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
    public RepositoryReference? Repository { get; set; }

    /// <summary>Checksum reads every file; Restore also restores into a throw-away container and compares every row.</summary>
    [Parameter]
    public BackupTestLevel Level { get; set; } = BackupTestLevel.Checksum;

    /// <summary>Image of the throw-away server, instead of the one that the set records.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Image { get; set; }

    /// <summary>Connections and processes at once.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int Jobs { get; set; } = 2;

    /// <summary>Writes one Boolean instead: true when every check asked for was made and passed.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachItemAsync(Backup, async reference =>
    {
        try
        {
            var (backup, repository) = await ResolveAsync(reference, Repository, null, cancellationToken).ConfigureAwait(false);
            var results = new BackupVerification(repository, Observer).Check(backup, cancellationToken);
            var intact = results.All(result => result.Outcome == Outcome.Passed);
            var restored = Level == BackupTestLevel.Restore && intact && backup.Parts.HasFlag(BackupParts.Database)
                ? await ProveAsync(backup, repository, cancellationToken).ConfigureAwait(false)
                : BackupProving.NotRun(backup, WhyNotRestored(backup, intact));
            foreach (var result in results.Append(restored))
            {
                Write(result);
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

    private Task<CheckResult> ProveAsync(Backup backup, IBackupRepository repository, CancellationToken cancellationToken) =>
        new BackupProving(repository, Observer, JournalDirectory.Local).CheckAsync(
            backup, Jobs, async () => await ScratchServer.StartAsync(backup, Image, cancellationToken).ConfigureAwait(false), cancellationToken);

    private string WhyNotRestored(Backup backup, bool intact) =>
        !intact ? "A set that is not intact is not restored."
        : Level != BackupTestLevel.Restore ? "Asked for with -Level Restore."
        : $"The set does not hold the database, but {backup.Parts}.";

    private void Write(CheckResult result)
    {
        var asked = result.Name != BackupProving.CheckName || Level == BackupTestLevel.Restore;
        _tested = true;
        _allPassed &= !asked || result.Outcome == Outcome.Passed;
        if (!Quiet)
        {
            WriteObject(result);
        }
    }
}
