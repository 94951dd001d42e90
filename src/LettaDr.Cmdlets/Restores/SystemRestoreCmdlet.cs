using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>What planning and doing a system's restore share: where to, and which steps.</summary>
public abstract class SystemRestoreCmdlet : ConfigurationRestoreCmdlet
{
    /// <summary>The deployment to restore over; without it, the one that the set is of, where it is found here.</summary>
    [Parameter]
    public DeploymentReference? Deployment { get; set; }

    /// <summary>The folder that the set's configuration is restored to; without it, the deployment's own files are used where they are.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>Steps to leave out.</summary>
    [Parameter]
    public RestoreStepKind[] Skip { get; set; } = [];

    private protected async Task<DeploymentDiscovery> DiscoveryAsync(CancellationToken cancellationToken) => new(
        await AskAsync(() => SessionState.Path.CurrentFileSystemLocation.ProviderPath, cancellationToken).ConfigureAwait(false));

    private protected async Task<SystemRestoreOptions> OptionsAsync(IBackupRepository repository, CancellationToken cancellationToken) => new()
    {
        Repository = repository, Certificates = await FindAsync(Certificate, cancellationToken).ConfigureAwait(false),
        Passphrase = ToSecret(Passphrase), SkipEncrypted = SkipEncrypted, Force = Force,
    };

    /// <summary>The plan for a set, with the steps left out that are not wanted.</summary>
    private protected async Task<RestorePlan> PlanAsync(
        Backup backup, LettaDeployment? target, string? destination, SystemRestoreOptions options, CancellationToken cancellationToken)
    {
        var folder = destination is null
            ? null
            : await AskAsync(() => Path.TrimEndingDirectorySeparator(GetUnresolvedProviderPathFromPSPath(destination)), cancellationToken).ConfigureAwait(false);
        var planner = new SystemRestorePlanner(options, await DiscoveryAsync(cancellationToken).ConfigureAwait(false));
        var plan = await planner.PlanAsync(backup, target, folder, cancellationToken).ConfigureAwait(false);
        foreach (var step in plan.Steps.Where(step => Skip.Contains(step.Kind)))
        {
            step.Skip = true;
        }

        return plan;
    }

    private protected async Task<LettaDeployment?> TargetAsync(CancellationToken cancellationToken) =>
        Deployment is null ? null : await ResolveAsync(Deployment, null, cancellationToken).ConfigureAwait(false);
}
