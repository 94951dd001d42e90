using System.Management.Automation;
using System.Security;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Compares the configurations of deployments and sets, or of the instances of one deployment. No secret is shown.</summary>
[Cmdlet(VerbsData.Compare, "LettaConfiguration")]
[OutputType(typeof(ConfigurationDifference), typeof(bool))]
public sealed class CompareLettaConfigurationCommand : OperationCmdlet
{
    private bool _compared;
    private bool _unequal;

    /// <summary>The left side: a deployment or a set; else the plan's deployment. Deployments alone are compared with their Compose files, and replica with replica.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public ConfigurationReference[] Reference { get; set; } = [];

    /// <summary>The right sides: deployments or sets, each of which is compared with the left side.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public ConfigurationReference[] Difference { get; set; } = [];

    /// <summary>Certificates with private keys that open what sets hold encrypted; those of your store are tried in any case.</summary>
    [Parameter]
    [Alias("To")]
    [ValidateNotNullOrEmpty]
    public CertificateReference[] Certificate { get; set; } = [];

    /// <summary>The passphrase that a set was made with.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? Passphrase { get; set; }

    /// <summary>Writes what is equal, too.</summary>
    [Parameter]
    public SwitchParameter IncludeEqual { get; set; }

    /// <summary>Writes one Boolean instead: true when everything was compared and is equal.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        ConfigurationReference[] references = Reference.Length > 0 ? Reference
            : [.. (await DeploymentsAsync([], cancellationToken).ConfigureAwait(false)).Select(ConfigurationReference.Of)];
        await ForEachItemAsync(references, reference => CompareOrTellAsync(reference, cancellationToken)).ConfigureAwait(false);
    }

    private async Task CompareOrTellAsync(ConfigurationReference reference, CancellationToken cancellationToken)
    {
        try
        {
            await CompareAsync(reference, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _unequal = true;
            throw;
        }
    }

    /// <inheritdoc/>
    protected override Task EndAsync(CancellationToken cancellationToken)
    {
        if (Quiet)
        {
            WriteObject(_compared && !_unequal);
        }

        return Task.CompletedTask;
    }

    private async Task CompareAsync(ConfigurationReference reference, CancellationToken cancellationToken)
    {
        var comparison = new ConfigurationComparison(
            await FindAsync(Certificate, cancellationToken).ConfigureAwait(false),
            await PassphraseAsync(Passphrase, cancellationToken).ConfigureAwait(false), Observer);
        List<(ConfigurationSide Left, ConfigurationSide Right)> pairs = [];
        if (Difference.Length == 0)
        {
            pairs.AddRange(await comparison.PairsAsync(await DeploymentAsync(reference, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false));
        }
        else
        {
            var left = await ReadAsync(comparison, reference, cancellationToken).ConfigureAwait(false);
            foreach (var other in Difference)
            {
                pairs.Add((left, await ReadAsync(comparison, other, cancellationToken).ConfigureAwait(false)));
            }
        }

        _compared = true;
        foreach (var difference in pairs.SelectMany(pair => comparison.Compare(pair.Left, pair.Right, IncludeEqual)))
        {
            _unequal |= difference.State != ConfigurationState.Equal;
            if (!Quiet)
            {
                WriteObject(difference);
            }
        }
    }

    private async Task<ConfigurationSide> ReadAsync(ConfigurationComparison comparison, ConfigurationReference side, CancellationToken cancellationToken) =>
        side.Backup is { } backup
            ? comparison.Read(backup, new DirectoryRepository(backup.Repository))
            : await comparison.ReadAsync(await DeploymentAsync(side, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    private Task<LettaDeployment> DeploymentAsync(ConfigurationReference side, CancellationToken cancellationToken) => side.Deployment is { } deployment
        ? ResolveAsync(deployment, null, cancellationToken)
        : throw new LettaDrException(
            "NothingToCompare", FaultKind.InvalidArgument, $"The set {side} is to be compared with nothing.",
            "Name a deployment or another set (-Difference).", side.ToString());
}
