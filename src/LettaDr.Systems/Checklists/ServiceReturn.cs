namespace LettaDr.Systems;

/// <summary>Brings a deployment's services back one by one, in the order of their dependencies, each awaited before the next.</summary>
internal sealed class ServiceReturn(SystemSite site, SystemRestoreOptions options, string operationId, IOperationObserver observer)
{
    private static readonly IReadOnlyDictionary<string, string> NoVariables = new Dictionary<string, string>();

    /// <returns>Their names in that order.</returns>
    /// <exception cref="LettaDrException">One is not ready in time; those before it stay up.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var deployment = await site.RequireAsync(cancellationToken).ConfigureAwait(false);
        return site.Project() is { } project
            ? await ByComposeAsync(deployment, project, engine, cancellationToken).ConfigureAwait(false)
            : await ByContainersAsync(deployment, engine, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<string>> ByComposeAsync(
        LettaDeployment deployment, ComposeProject project, DockerEngine engine, CancellationToken cancellationToken)
    {
        var wanted = deployment.Containers.Select(container => container.Service).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var order = ComposeOrder.Of(project.Services, wanted).Select(service => service.Name).ToList();
        var runner = new ComposeRunner(await ComposeTool.FindAsync(null, cancellationToken).ConfigureAwait(false), project, engine, NoVariables, observer);
        foreach (var service in order)
        {
            if (service == deployment.Server?.Container?.Service)
            {
                await ExitAsync(cancellationToken).ConfigureAwait(false);
            }

            await runner.UpAsync([service], options.StartLimit, cancellationToken).ConfigureAwait(false);
            observer.Verbose($"{service} is back");
        }

        if (deployment.Server?.Container?.Service is null)
        {
            await ExitAsync(cancellationToken).ConfigureAwait(false);
        }

        return order;
    }

    private async Task<IReadOnlyList<string>> ByContainersAsync(LettaDeployment deployment, DockerEngine engine, CancellationToken cancellationToken)
    {
        var server = deployment.Server?.Container?.Id;
        var members = new[] { deployment.Database.Container, deployment.Cache?.Container }.Concat(deployment.Containers.Where(container => container.Id != server))
            .OfType<DeploymentContainer>().Where(container => container.Id is not null).DistinctBy(container => container.Id).ToList();
        foreach (var container in members)
        {
            await engine.Containers.StartAsync(container.Id!, cancellationToken).ConfigureAwait(false);
        }

        await ExitAsync(cancellationToken).ConfigureAwait(false);
        if (server is not null)
        {
            // One that was down before maintenance began is none that leaving it starts.
            await engine.Containers.StartAsync(server, cancellationToken).ConfigureAwait(false);
        }

        return [.. members.Select(container => container.Name), .. deployment.Server?.Container is { } last ? [last.Name] : Array.Empty<string>()];
    }

    /// <summary>Opens the database, and starts the server with its own restart policy.</summary>
    private async Task ExitAsync(CancellationToken cancellationToken)
    {
        var deployment = await site.RequireAsync(cancellationToken).ConfigureAwait(false);
        using var server = await ServerContainers.OpenAsync(deployment, cancellationToken).ConfigureAwait(false);
        await using var door = new PostgresDoor(deployment.Database, operationId);
        var state = await new MaintenanceMode(deployment, server, door, MaintenanceFiles.Local, observer, options.Journals)
            .ExitAsync(options.StartLimit, operationId, cancellationToken).ConfigureAwait(false);
        foreach (var sentence in state.Remaining)
        {
            observer.Warning(sentence);
        }
    }
}
