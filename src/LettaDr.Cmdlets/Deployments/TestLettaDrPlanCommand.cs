using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Tests plans: whether the file is YAML as the schema has it and coherent, and whether what it names is there.</summary>
[Cmdlet(VerbsDiagnostic.Test, "LettaDrPlan")]
[OutputType(typeof(CheckResult), typeof(bool))]
public sealed class TestLettaDrPlanCommand : OperationCmdlet
{
    private bool _failed;
    private bool _passed;

    /// <summary>The plan file; letta-dr.yaml of the current folder when neither this nor -Plan is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "LiteralPath", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>One Boolean for all: true when no check failed and at least one passed. What was not run never counts as passed.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var result in (await ChecksAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false))
            {
                _failed |= result.Outcome == Outcome.Failed;
                _passed |= result.Outcome == Outcome.Passed;
                if (!Quiet)
                {
                    WriteObject(result);
                }
            }
        }
        catch (LettaDrException fault)
        {
            _failed = true;
            WriteFault(fault, Path ?? Plan?.ToString());
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

    private async Task<IAsyncEnumerable<CheckResult>> ChecksAsync(CancellationToken cancellationToken)
    {
        if (Path is not null && Plan is not null)
        {
            throw new LettaDrException(
                "ParameterMismatch", FaultKind.InvalidArgument, "-Path and -Plan each name a plan.", "Leave one of the two out.");
        }

        var testing = new PlanTesting(new DeploymentDiscovery(
            await AskAsync(() => SessionState.Path.CurrentFileSystemLocation.ProviderPath, cancellationToken).ConfigureAwait(false)));
        var path = Path ?? Plan?.Path ?? PlanWriting.FileName;
        return Plan?.Plan is { } plan
            ? testing.RunAsync(plan, cancellationToken)
            : testing.RunAsync(
                await AskAsync(() => SessionState.Path.GetUnresolvedProviderPathFromPSPath(path), cancellationToken).ConfigureAwait(false), cancellationToken);
    }
}
