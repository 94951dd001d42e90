using System.Management.Automation;
using System.Runtime.CompilerServices;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Tests whether what a deployment holds is consistent: rows, constraints, indexes, pages, settings, vectors.</summary>
[Cmdlet(VerbsDiagnostic.Test, "LettaConsistency")]
[OutputType(typeof(CheckResult), typeof(bool))]
public sealed class TestLettaConsistencyCommand : DeploymentTestCmdlet
{
    /// <summary>A set to compare indexes and schema revision with: an object of Get-LettaBackup, an id, or latest.</summary>
    [Parameter]
    public BackupReference? Backup { get; set; }

    /// <summary>The directory that keeps the set, where it is named by id or as latest.</summary>
    [Parameter]
    [ValidateNotNull]
    public RepositoryReference? Repository { get; set; }

    /// <summary>Names of checks that are not to be made; their results say NotRun.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Skip { get; set; } = [];

    private protected override async IAsyncEnumerable<CheckResult> CheckAsync(
        DeploymentReference reference, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var deployment = await ResolveAsync(reference, Credential, cancellationToken).ConfigureAwait(false);
        var expected = await InventoryAsync(deployment, cancellationToken).ConfigureAwait(false);
        await foreach (var result in DeploymentConsistency.TestOf(deployment, expected).RunAsync(Skip, Observer, cancellationToken).ConfigureAwait(false))
        {
            yield return result;
        }
    }

    private async Task<DatabaseInventory?> InventoryAsync(LettaDeployment deployment, CancellationToken cancellationToken)
    {
        if (Backup is null)
        {
            return null;
        }

        var (backup, repository) = await ResolveAsync(
            Backup, Repository, deployment.Name, cancellationToken, BackupParts.Database).ConfigureAwait(false);
        return DatabaseRestore.ReadInventory(repository, backup);
    }
}
