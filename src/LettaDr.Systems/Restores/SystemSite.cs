namespace LettaDr.Systems;

/// <summary>Where a system is restored to: the Compose files that describe it, else the containers as they are.</summary>
internal sealed class SystemSite(RestorePlan plan, DeploymentDiscovery discovery)
{
    /// <summary>The Compose project as its files on this machine have it; null where there is none.</summary>
    public ComposeProject? Project()
    {
        var files = plan.ComposeFiles;
        return files.Count > 0 && files.All(File.Exists) ? discovery.ReadProject(files, plan.Deployment) : null;
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
            return plan.Target is { Compose: null } known ? known : await discovery.FromProjectAsync(plan.Deployment, cancellationToken).ConfigureAwait(false);
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
            "DeploymentNotFound", FaultKind.NotFound, $"There is neither a Compose file nor a container of {plan.Deployment} on this machine.",
            "Restore the configuration too (-Destination), or name the deployment by its Compose file.", plan.Deployment);
}
