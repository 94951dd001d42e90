using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Makes a recovery test: breaks a throw-away copy of a deployment, recovers it, and proves that verification finds a planted fault.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "LettaDrTest", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(DrTestResult))]
public sealed class InvokeLettaDrTestCommand : OperationCmdlet
{
    /// <summary>What is tested.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public DrTestScenario[] Scenario { get; set; } = [];

    /// <summary>The deployment that the test counts for.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    public DeploymentReference? Deployment { get; set; }

    /// <summary>The directory that keeps its sets: the copy is restored from one, and the result is kept there.</summary>
    [Parameter(Position = 2)]
    public RepositoryReference? Repository { get; set; }

    /// <summary>The set, instead of the deployment's newest.</summary>
    [Parameter]
    public BackupReference? Backup { get; set; }

    /// <summary>Breaks the deployment itself instead of a copy; for ComponentFailure only, and asked for once more.</summary>
    [Parameter]
    public SwitchParameter OnDeployment { get; set; }

    /// <summary>The objectives, where they are not those of the plan or the guide.</summary>
    [Parameter]
    [ValidateNotNull]
    public RecoveryTargets? Objective { get; set; }

    /// <summary>How many agents a stand-in has, where no set is given.</summary>
    [Parameter]
    [ValidateRange(1, 1_000_000)]
    public int Agents { get; set; } = 10;

    /// <summary>How many messages it has.</summary>
    [Parameter]
    [ValidateRange(2, 100_000_000)]
    public int Messages { get; set; } = 1_000;

    /// <summary>How many passages it has.</summary>
    [Parameter]
    [ValidateRange(0, 10_000_000)]
    public int Passages { get; set; } = 100;

    /// <summary>Connections and processes at once.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int Jobs { get; set; } = 2;

    /// <summary>How many seconds a service may take until it is well again.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSeconds { get; set; } = 300;

    private TimeSpan Patience => TimeSpan.FromSeconds(TimeoutSeconds);

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        await StartKilledAsync(cancellationToken).ConfigureAwait(false);
        await ForEachItemAsync(Scenario.Distinct(), scenario => TestAsync(scenario, cancellationToken)).ConfigureAwait(false);
    }

    private async Task TestAsync(DrTestScenario scenario, CancellationToken cancellationToken)
    {
        var subject = await SubjectAsync(cancellationToken).ConfigureAwait(false);
        subject.Objectives.Check();
        var run = OnDeployment
            ? await DrTestRun.OnDeploymentAsync(scenario, subject, Patience, cancellationToken).ConfigureAwait(false)
            : await DrTestRun.OnCopyAsync(
                scenario, subject, new LettaSeedSize { Agents = Agents, Messages = Messages, Passages = Passages }, Jobs, Patience, cancellationToken).ConfigureAwait(false);
        if (!await ConsentAsync(run, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        WriteObject(await run.RunAsync(Observer, cancellationToken).ConfigureAwait(false));
    }

    private async Task<DrTestSubject> SubjectAsync(CancellationToken cancellationToken)
    {
        var plan = await PlanAsync(cancellationToken).ConfigureAwait(false);
        if (OnDeployment && Backup is not null)
        {
            throw new LettaDrException(
                "BackupNotWanted", FaultKind.InvalidArgument, "A set was given for a test on the deployment itself, where no set is used.",
                "Leave out -Backup, or -OnDeployment.", Backup);
        }

        var reference = Deployment ?? (plan is null ? null : plan.ToReference());
        var repository = Repository is null && plan is null ? null : await OpenOrPlannedAsync(Repository, cancellationToken).ConfigureAwait(false);
        LettaDeployment? deployment = null;
        try
        {
            deployment = reference is null ? null : await ResolveAsync(reference, null, cancellationToken).ConfigureAwait(false);
        }
        catch (LettaDrException lost) when (!OnDeployment && (repository is not null || Backup is not null))
        {
            // That its sets restore can be tested when the deployment is gone, and then most of all.
            WriteVerbose($"The deployment itself cannot be asked: {lost.Message}");
        }

        var name = deployment?.Name ?? (Deployment is null ? plan?.Name : Deployment.ToString());
        Backup? set = null;
        if (Backup is not null)
        {
            (set, repository) = await ResolveAsync(Backup, Repository, name, cancellationToken, BackupParts.Database).ConfigureAwait(false);
        }
        else if (!OnDeployment && repository is not null)
        {
            set = new BackupCatalog(repository).Resolve(BackupCatalog.Latest, name, BackupParts.Database);
        }

        return new DrTestSubject(set?.Deployment ?? name ?? DrTestSubject.StandIn, deployment, repository, set, Objective ?? plan?.Objectives ?? new RecoveryTargets());
    }

    /// <summary>A copy is nobody's; what somebody uses is asked about whatever $ConfirmPreference says.</summary>
    private async Task<bool> ConsentAsync(DrTestRun run, CancellationToken cancellationToken)
    {
        const string Caption = "Make a recovery test";
        if (!await ShouldProcessAsync(run.Description, run.Question ?? run.Description, Caption, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        return run.Question is null || MyInvocation.BoundParameters.ContainsKey("Confirm")
            || await AskAsync(() => ShouldContinue(run.Question, Caption), cancellationToken).ConfigureAwait(false);
    }
}
