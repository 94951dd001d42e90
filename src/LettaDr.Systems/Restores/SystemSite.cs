namespace LettaDr.Systems;

/// <summary>Where a system is restored to: the Compose files that describe it, else the containers as they are.</summary>
/// <param name="composeFiles">The Compose files; none outside Compose.</param>
/// <param name="name">The deployment's name.</param>
/// <param name="target">The deployment as it was found; null where there was none.</param>
/// <param name="discovery">Finds it again.</param>
internal sealed class SystemSite(IReadOnlyList<string> composeFiles, string name, LettaDeployment? target, DeploymentDiscovery discovery)
{
    public SystemSite(RestorePlan plan, DeploymentDiscovery discovery)
        : this(plan.ComposeFiles, plan.Deployment, plan.Target, discovery)
    {
    }

    /// <summary>The Compose project as its files on this machine have it; null where there is none.</summary>
    public ComposeProject? Project()
    {
        return composeFiles.Count > 0 && composeFiles.All(File.Exists) ? discovery.ReadProject(composeFiles, name) : null;
    }

    /// <summary>The deployment as it is at this moment; null where there is nothing yet.</summary>
    public async Task<LettaDeployment?> FindAsync(CancellationToken cancellationToken)
    {
        if (Project() is { } project)
        {
            return await DeploymentDiscovery.FromProjectAsync(project, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return target is { Compose: null } known ? known : await discovery.FromProjectAsync(name, cancellationToken).ConfigureAwait(false);
        }
        catch (LettaDrException nothing) when (nothing.Kind is FaultKind.NotFound or FaultKind.InvalidArgument)
        {
            return null;
        }
    }

    /// <summary>The deployment as it is at this moment.</summary>
    /// <exception cref="LettaDrException">There is none.</exception>
    public async Task<LettaDeployment> RequireAsync(CancellationToken cancellationToken) =>
        await FindAsync(cancellationToken).ConfigureAwait(false) ?? throw new LettaDrException(
            "DeploymentNotFound", FaultKind.NotFound, $"There is neither a Compose file nor a container of {name} on this machine.",
            "Restore the configuration too (-Destination), or name the deployment by its Compose file.", name);
}
