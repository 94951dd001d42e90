using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>What planning and doing a system's restore share: where to, and which steps.</summary>
public abstract class SystemRestoreCmdlet : ConfigurationRestoreCmdlet
{
    /// <summary>The deployment to restore over; else the plan's where it is found, else the one that the set is of, where it is found here.</summary>
    [Parameter]
    [ValidateNotNull]
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
        Passphrase = await PassphraseAsync(Passphrase, cancellationToken).ConfigureAwait(false), SkipEncrypted = SkipEncrypted, Force = Force,
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

    /// <summary>The deployment to restore over; null when none was given, or the plan's is lost: then its system is made anew.</summary>
    private protected async Task<LettaDeployment?> TargetAsync(CancellationToken cancellationToken)
    {
        if (Deployment is not null)
        {
            return await ResolveAsync(Deployment, null, cancellationToken).ConfigureAwait(false);
        }

        if (await PlanAsync(cancellationToken).ConfigureAwait(false) is not { } plan)
        {
            return null;
        }

        try
        {
            return await ResolveAsync(plan.ToReference(), null, cancellationToken).ConfigureAwait(false);
        }
        catch (LettaDrException lost) when (lost.Kind == FaultKind.NotFound && !lost.Id.StartsWith("Secret", StringComparison.Ordinal))
        {
            WriteVerbose($"The plan's deployment is not here: {lost.Message}");
            return null;
        }
    }
}
