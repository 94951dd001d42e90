using System.Management.Automation;

namespace LettaDr.Cmdlets;

/// <summary>What cmdlets that test deployments share: one result for each check, or with <c>-Quiet</c> one Boolean for all.</summary>
public abstract class DeploymentTestCmdlet : OperationCmdlet
{
    private bool _failed;
    private bool _passed;

    /// <summary>Deployments, or texts that name them: Compose file, folder, PostgreSQL URI, Compose project, container.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public DeploymentReference[] Deployment { get; set; } = [];

    /// <summary>Role and password to connect with, instead of those found.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>One Boolean for all: true when no check failed and at least one passed. What was not run never counts as passed.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>The checks of one deployment.</summary>
    private protected abstract IAsyncEnumerable<CheckResult> CheckAsync(DeploymentReference reference, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected sealed override Task ProcessAsync(CancellationToken cancellationToken) => ForEachDeploymentAsync(Deployment, async reference =>
    {
        try
        {
            await foreach (var result in CheckAsync(reference, cancellationToken).ConfigureAwait(false))
            {
                Write(result);
            }
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
    }, cancellationToken);

    /// <inheritdoc/>
    protected sealed override Task EndAsync(CancellationToken cancellationToken)
    {
        if (Quiet)
        {
            WriteObject(_passed && !_failed);
        }

        return Task.CompletedTask;
    }

    private void Write(CheckResult result)
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
