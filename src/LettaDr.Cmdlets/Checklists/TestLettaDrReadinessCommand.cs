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
    private int _tested;

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
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var before = _tested;
        try
        {
            var problems = await PlanProblemsAsync(cancellationToken).ConfigureAwait(false);
            if (problems.Count > 0 && !await CanBeReadAsync(cancellationToken).ConfigureAwait(false))
            {
                Write(ReadinessAssessment.OfUnreadablePlan(Plan!.ToString(), problems));
                return;
            }

            await ForEachDeploymentAsync(
                Deployment, async reference => Write(await TestAsync(reference, problems, cancellationToken).ConfigureAwait(false)), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // What ended early, by its own error or another's, was not tested.
            _allPassed &= _tested - before >= Math.Max(1, Deployment.Length);
        }
    }

    /// <inheritdoc/>
    protected override Task EndAsync(CancellationToken cancellationToken)
    {
        if (Quiet)
        {
            WriteObject(_allPassed && _tested > 0);
        }

        return Task.CompletedTask;
    }

    private async Task<IReadOnlyList<CheckResult>> TestAsync(
        DeploymentReference reference, IReadOnlyList<string> problems, CancellationToken cancellationToken)
    {
        var plan = await PlanAsync(cancellationToken).ConfigureAwait(false);
        var survey = new ReadinessSurvey(await OpenOrPlannedAsync(Repository, cancellationToken).ConfigureAwait(false), plan, Observer)
        {
            Deep = Deep, PlanProblems = problems, Certificates = await FindAsync(Certificate, cancellationToken).ConfigureAwait(false),
            Passphrase = await PassphraseAsync(Passphrase, cancellationToken).ConfigureAwait(false),
        };
        var (name, live) = await LiveAsync(reference, plan, cancellationToken).ConfigureAwait(false);
        return new ReadinessAssessment(await survey.ReadAsync(name, live, cancellationToken).ConfigureAwait(false)).Results();
    }

    private async Task<IReadOnlyList<string>> PlanProblemsAsync(CancellationToken cancellationToken)
    {
        if (Plan is null)
        {
            return [];
        }

        var folder = await AskAsync(() => SessionState.Path.CurrentFileSystemLocation.ProviderPath, cancellationToken).ConfigureAwait(false);
        var testing = new PlanTesting(new DeploymentDiscovery(folder));
        var checks = Plan.Plan is { } plan
            ? testing.RunAsync(plan, cancellationToken)
            : testing.RunAsync(
                await AskAsync(() => SessionState.Path.GetUnresolvedProviderPathFromPSPath(Plan.Path), cancellationToken).ConfigureAwait(false), cancellationToken);
        var problems = new List<string>();
        await foreach (var check in checks.ConfigureAwait(false))
        {
            if (check.Outcome == Outcome.Failed)
            {
                problems.Add($"{check.Name}: {check.Evidence}");
            }
        }

        return problems;
    }

    private async Task<bool> CanBeReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await PlanAsync(cancellationToken).ConfigureAwait(false) is not null;
        }
        catch (LettaDrException unreadable)
        {
            WriteVerbose(unreadable.Message);
            return false;
        }
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

    private void Write(IReadOnlyList<CheckResult> results)
    {
        _tested++;
        _allPassed &= results.All(result => result.Outcome == Outcome.Passed);
        foreach (var result in results)
        {
            WriteVerbose($"{result.Name}: {result.Outcome}. {result.Evidence}");
            if (!Quiet)
            {
                WriteObject(result);
            }
        }
    }
}
