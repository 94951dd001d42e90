using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>
/// <para type="synopsis">Tests each member of a Letta deployment: reachable, authenticated, version, and ready by a real query.</para>
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "LettaDeployment")]
[OutputType(typeof(CheckResult), typeof(bool))]
public sealed class TestLettaDeploymentCommand : AsyncCmdlet
{
    private bool _failed;
    private bool _passed;

    /// <summary>Deployments, or texts that name them: Compose file, folder, PostgreSQL URI, Compose project, container.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public DeploymentReference[] Deployment { get; set; } = [];

    /// <summary>One Boolean for all: true when no check failed and at least one passed. What was not run never counts as passed.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var discovery = new DeploymentDiscovery(SessionState.Path.CurrentFileSystemLocation.ProviderPath);
        foreach (var reference in Deployment)
        {
            try
            {
                await TestAsync(await discovery.ResolveAsync(reference, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            }
            catch (LettaDrException fault)
            {
                _failed = true;
                if (Quiet)
                {
                    WriteVerbose($"{fault.Message} {fault.Remedy}");
                }
                else
                {
                    WriteFault(fault, reference);
                }
            }
        }
    }

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
        await foreach (var result in new DeploymentProbe().CheckAsync(deployment, cancellationToken).ConfigureAwait(false))
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
}
