using System.Management.Automation;
using System.Security;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Measures a deployment's recovery objectives (RTO, RPO) by its journals, sets, archive, Redis and configuration.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "LettaRecoveryObjective", DefaultParameterSetName = "Deployment")]
[OutputType(typeof(RecoveryObjective), typeof(bool))]
public sealed class MeasureLettaRecoveryObjectiveCommand : OperationCmdlet
{
    private bool _allPassed = true;
    private bool _measured;

    /// <summary>The deployments: objects of Get-LettaDeployment, or texts that name them.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = "Deployment")]
    [ValidateNotNullOrEmpty]
    public DeploymentReference[] Deployment { get; set; } = [];

    /// <summary>Names of deployments as the repository keeps them, where they themselves are lost or elsewhere.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Name")]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>The directory that keeps the sets.</summary>
    [Parameter(Position = 1, ParameterSetName = "Deployment")]
    [Parameter(Position = 0, ParameterSetName = "Name")]
    [ValidateNotNull]
    public RepositoryReference? Repository { get; set; }

    /// <summary>The objectives, where they are not the plan's, or without a plan those of the guide.</summary>
    [Parameter]
    [ValidateNotNull]
    public RecoveryTargets? Objective { get; set; }

    /// <summary>Certificates with private keys that open the configuration's secrets; those of your store are tried in any case.</summary>
    [Parameter]
    [Alias("To")]
    [ValidateNotNullOrEmpty]
    public CertificateReference[] Certificate { get; set; } = [];

    /// <summary>The passphrase that the sets of the configuration were made with.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? Passphrase { get; set; }

    /// <summary>Writes one Boolean instead: true when every objective of every deployment was measured and is met.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ParameterSetName == "Name"
        ? ForEachItemAsync(Name, name => MeasureAsync(survey => survey.ReadAsync(name, cancellationToken), cancellationToken))
        : ForEachDeploymentAsync(
            Deployment,
            reference => MeasureAsync(
                async survey => await survey.ReadAsync(
                    await ResolveAsync(reference, null, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false),
                cancellationToken),
            cancellationToken);

    /// <inheritdoc/>
    protected override Task EndAsync(CancellationToken cancellationToken)
    {
        if (Quiet)
        {
            WriteObject(_measured && _allPassed);
        }

        return Task.CompletedTask;
    }

    private async Task MeasureAsync(Func<RecoverySurvey, Task<RecoveryEvidence>> read, CancellationToken cancellationToken)
    {
        try
        {
            var repository = await OpenOrPlannedAsync(Repository, cancellationToken).ConfigureAwait(false);
            var survey = new RecoverySurvey(repository, JournalDirectory.Local, Observer)
            {
                Certificates = await FindAsync(Certificate, cancellationToken).ConfigureAwait(false),
                Passphrase = await PassphraseAsync(Passphrase, cancellationToken).ConfigureAwait(false),
            };
            var evidence = await read(survey).ConfigureAwait(false);
            var targets = Objective ?? (await PlanAsync(cancellationToken).ConfigureAwait(false))?.Objectives ?? new RecoveryTargets();
            foreach (var objective in RecoveryObjectives.Measure(evidence, targets))
            {
                Write(objective);
            }
        }
        catch
        {
            _allPassed = false;
            throw;
        }
    }

    private void Write(RecoveryObjective objective)
    {
        _measured = true;
        _allPassed &= objective.Outcome == Outcome.Passed;
        WriteVerbose($"{objective}. {objective.Evidence}");
        if (!Quiet)
        {
            WriteObject(objective);
        }
    }
}
