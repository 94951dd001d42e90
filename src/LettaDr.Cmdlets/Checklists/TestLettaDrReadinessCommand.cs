using System.Management.Automation;
using System.Security;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Tests whether a deployment is ready for a disaster: one result for each question of the guide's checklist.</summary>
[Cmdlet(VerbsDiagnostic.Test, "LettaDrReadiness")]
[OutputType(typeof(CheckResult), typeof(bool))]
public sealed class TestLettaDrReadinessCommand : OperationCmdlet
{
    private bool _allPassed = true;
    private bool _tested;

    /// <summary>The deployments, where they are not the plan's.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public DeploymentReference[] Deployment { get; set; } = [];

    /// <summary>The directory that keeps the sets.</summary>
    [Parameter(Position = 1)]
    public RepositoryReference? Repository { get; set; }

    /// <summary>Reads every byte of the newest sets, and sends a test alert though one was acknowledged within a week.</summary>
    [Parameter]
    public SwitchParameter Deep { get; set; }

    /// <summary>Certificates with private keys that open the configuration's secrets; those of your store are tried in any case.</summary>
    [Parameter]
    [Alias("To")]
    [ValidateNotNullOrEmpty]
    public CertificateReference[] Certificate { get; set; } = [];

    /// <summary>The passphrase that the sets of the configuration were made with.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? Passphrase { get; set; }

    /// <summary>Writes one Boolean instead: true when every check was made and passed.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken) => await ForEachItemAsync(
        await DeploymentsAsync(Deployment, cancellationToken).ConfigureAwait(false), async reference =>
        {
            try
            {
                foreach (var result in await TestAsync(reference, cancellationToken).ConfigureAwait(false))
                {
                    Write(result);
                }
            }
            catch
            {
                _allPassed = false;
                throw;
            }
        }).ConfigureAwait(false);

    /// <inheritdoc/>
    protected override Task EndAsync(CancellationToken cancellationToken)
    {
        if (Quiet)
        {
            WriteObject(_tested && _allPassed);
        }

        return Task.CompletedTask;
    }

    private async Task<IReadOnlyList<CheckResult>> TestAsync(DeploymentReference reference, CancellationToken cancellationToken)
    {
        var plan = await PlanAsync(cancellationToken).ConfigureAwait(false);
        var survey = new ReadinessSurvey(await OpenOrPlannedAsync(Repository, cancellationToken).ConfigureAwait(false), plan, Observer)
        {
            Deep = Deep, Certificates = await FindAsync(Certificate, cancellationToken).ConfigureAwait(false), Passphrase = ToSecret(Passphrase),
        };
        var (name, live) = await LiveAsync(reference, plan, cancellationToken).ConfigureAwait(false);
        return new ReadinessAssessment(await survey.ReadAsync(name, live, cancellationToken).ConfigureAwait(false)).Results();
    }

    /// <summary>A deployment that is lost is no reason not to look at what is left of it.</summary>
    private async Task<(string Name, LettaDeployment? Live)> LiveAsync(DeploymentReference reference, DrPlan? plan, CancellationToken cancellationToken)
    {
        try
        {
            var live = await ResolveAsync(reference, null, cancellationToken).ConfigureAwait(false);
            return (live.Name, live);
        }
        catch (LettaDrException lost) when (plan is not null && Deployment.Length == 0)
        {
            WriteWarning($"The plan's deployment cannot be found, and only what is left of it is tested: {lost.Message}");
            return (plan.Name, null);
        }
    }

    private void Write(CheckResult result)
    {
        _tested = true;
        _allPassed &= result.Outcome == Outcome.Passed;
        WriteVerbose($"{result.Name}: {result.Outcome}. {result.Evidence}");
        if (!Quiet)
        {
            WriteObject(result);
        }
    }
}
