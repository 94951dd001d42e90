using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Tests whether what a deployment holds is consistent: rows, constraints, indexes, pages, settings, vectors.</summary>
[Cmdlet(VerbsDiagnostic.Test, "LettaConsistency")]
[OutputType(typeof(CheckResult), typeof(bool))]
public sealed class TestLettaConsistencyCommand : OperationCmdlet
{
    private bool _failed;
    private bool _passed;

    /// <summary>Deployments, or texts that name them: Compose file, folder, PostgreSQL URI, Compose project, container.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public DeploymentReference[] Deployment { get; set; } = [];

    /// <summary>A set to compare indexes and schema revision with: an object of Get-LettaBackup, an id, or latest.</summary>
    [Parameter]
    public BackupReference? Backup { get; set; }

    /// <summary>The directory that keeps the set, where it is named by id or as latest.</summary>
    [Parameter]
    public RepositoryReference? Repository { get; set; }

    /// <summary>Role and password to connect with, instead of those found.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>Names of checks that are not to be made; their results say NotRun.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Skip { get; set; } = [];

    /// <summary>One Boolean for all: true when no check failed and at least one passed. What was not run never counts as passed.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachItemAsync(Deployment, async reference =>
    {
        try
        {
            await TestAsync(await ResolveAsync(reference, Credential, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (LettaDrException fault)
        {
            _failed = true;
            if (!Quiet)
            {
                throw;
            }

            WriteVerbose($"{fault.Message} {fault.Remedy}");
        }
    });

    /// <inheritdoc/>
    protected override Task EndAsync(CancellationToken cancellationToken)
    {
        if (Quiet)
        {
            WriteObject(_passed && !_failed);
        }

        return Task.CompletedTask;
    }

    private async Task TestAsync(LettaDeployment deployment, CancellationToken cancellationToken)
    {
        var expected = await InventoryAsync(deployment, cancellationToken).ConfigureAwait(false);
        var test = new ConsistencyTest(
            deployment.Name, [new DatabaseConsistency(deployment.Database, expected), new CacheConsistency(deployment, OperationId.Next())]);
        await foreach (var result in test.RunAsync(Skip, Observer, cancellationToken).ConfigureAwait(false))
        {
            _failed |= result.Outcome == Outcome.Failed;
            _passed |= result.Outcome == Outcome.Passed;
            WriteVerbose($"{result.Name}: {result.Outcome}. {result.Evidence}");
            if (!Quiet)
            {
                WriteObject(result);
            }
        }
    }

    private async Task<DatabaseInventory?> InventoryAsync(LettaDeployment deployment, CancellationToken cancellationToken)
    {
        if (Backup is null)
        {
            return null;
        }

        var (backup, repository) = await ResolveAsync(Backup, Repository, deployment.Name, cancellationToken).ConfigureAwait(false);
        return DatabaseRestore.ReadInventory(repository, backup);
    }
}
