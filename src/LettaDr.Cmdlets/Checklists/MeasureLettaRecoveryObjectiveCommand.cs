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
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "Deployment")]
    [ValidateNotNullOrEmpty]
    public DeploymentReference[] Deployment { get; set; } = [];

    /// <summary>Names of deployments as the repository keeps them, where they themselves are lost or elsewhere.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Name")]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>The directory that keeps the sets.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "Deployment")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Name")]
    public RepositoryReference Repository { get; set; } = null!;

    /// <summary>The objectives, where they are not those of the guide.</summary>
    [Parameter]
    [ValidateNotNull]
    public RecoveryTargets Objective { get; set; } = new();

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
        : ForEachItemAsync(Deployment, reference => MeasureAsync(
            async survey => await survey.ReadAsync(
                await ResolveAsync(reference, null, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false),
            cancellationToken));

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
            var repository = await OpenAsync(Repository, cancellationToken).ConfigureAwait(false);
            var survey = new RecoverySurvey(repository, JournalDirectory.Local, Observer)
            {
                Certificates = await FindAsync(Certificate, cancellationToken).ConfigureAwait(false), Passphrase = ToSecret(Passphrase),
            };
            var evidence = await read(survey).ConfigureAwait(false);
            foreach (var objective in RecoveryObjectives.Measure(evidence, Objective))
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
