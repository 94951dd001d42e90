using System.Diagnostics;

namespace LettaDr.Systems;

/// <summary>Stops and starts the services of a system that is being restored, in the order of their dependencies.</summary>
internal sealed class SystemServices(SystemRestoreOptions options, SystemSite site, SystemRestoreRun run)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly IReadOnlyDictionary<string, string> NoVariables = new Dictionary<string, string>();

    /// <summary>Stops the server and refuses connections, where there is anything to stop.</summary>
    public async Task<string?> StopServerAsync(CancellationToken cancellationToken)
    {
        if (await site.FindAsync(cancellationToken).ConfigureAwait(false) is not { } deployment || !deployment.Containers.Any(container => container.Id is not null))
        {
            return "nothing of it is there";
        }

        var request = new MaintenanceRequest { Reason = $"Restore-LettaSystem {run.Plan.Backup.Id}", DisconnectSessions = options.DisconnectSessions };
        var state = await WithMaintenanceAsync(
            deployment, mode => mode.EnterAsync(request, run.OperationId, cancellationToken), cancellationToken).ConfigureAwait(false);
        foreach (var sentence in state.Remaining)
        {
            run.Observer.Warning(sentence);
        }

        return $"{state.Containers.Count} containers stopped, {state.Sessions.Count} sessions still connected";
    }

    /// <summary>Lets this restore's own sessions into the database while the server stays stopped.</summary>
    public async Task OpenDatabaseAsync(CancellationToken cancellationToken)
    {
        var deployment = await site.RequireAsync(cancellationToken).ConfigureAwait(false);
        // Asked anew: outside Compose the deployment is as it was found before maintenance.
        if (MaintenanceFiles.Local.Find(deployment) is not null)
        {
            await WithMaintenanceAsync(
                deployment, mode => mode.EnterAsync(new MaintenanceRequest { AllowConnections = true }, run.OperationId, cancellationToken),
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Brings database and cache up.</summary>
    public async Task<string?> StartInfrastructureAsync(CancellationToken cancellationToken)
    {
        var deployment = await site.RequireAsync(cancellationToken).ConfigureAwait(false);
        var started = await StartAsync([deployment.Database.Container, deployment.Cache?.Container], cancellationToken).ConfigureAwait(false);
        await WaitForDatabaseAsync(cancellationToken).ConfigureAwait(false);
        return started;
    }

    /// <summary>Ends maintenance and brings everything up.</summary>
    public async Task<string?> StartAllAsync(CancellationToken cancellationToken)
    {
        var deployment = await site.RequireAsync(cancellationToken).ConfigureAwait(false);
        var state = await WithMaintenanceAsync(
            deployment, mode => mode.ExitAsync(options.StartLimit, run.OperationId, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (site.Project() is null)
        {
            // Compose makes anew what is not there any more; without it somebody must.
            foreach (var sentence in state.Remaining)
            {
                run.Observer.Warning(sentence);
            }
        }

        return await StartAsync(deployment.Containers, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Puts what lay in containers only into the containers that are there now, before they are started.</summary>
    /// <returns>How many files and folders.</returns>
    public async Task<int> PlaceContainerFilesAsync(CancellationToken cancellationToken)
    {
        var manifest = run.Plan.Backup.Manifest!;
        var items = (manifest.Configuration?.Files ?? [])
            .Where(file => file.Container is not null && file.OriginalPath.StartsWith('/'))
            .Select(file => (Service: file.Container!, file.Path, file.OriginalPath))
            .Concat((manifest.Memory?.Repositories ?? []).Where(memory => memory.Container is not null)
                .Select(memory => (Service: memory.Container!, memory.Path, memory.OriginalPath)))
            .Select(item => (item.Service, Source: ConfigurationPaths.Below(run.Plan.Destination!, item.Path), item.OriginalPath)).ToList();
        foreach (var absent in items.Where(item => !File.Exists(item.Source) && !Directory.Exists(item.Source)).ToList())
        {
            items.Remove(absent);
            if (run.Plan.Restores(RestoreStepKind.RestoreConfiguration))
            {
                run.Observer.Warning($"{absent.OriginalPath} of {absent.Service} was not put back: the set's copy was not restored to {absent.Source}.");
            }
        }

        if (items.Count == 0)
        {
            return 0;
        }

        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        if (site.Project() is { } project)
        {
            var known = project.Services.Select(service => service.Name).Intersect(items.Select(item => item.Service), StringComparer.Ordinal).ToList();
            await (await RunnerAsync(project, engine, cancellationToken).ConfigureAwait(false)).CreateAsync(known, cancellationToken).ConfigureAwait(false);
        }

        var deployment = await site.RequireAsync(cancellationToken).ConfigureAwait(false);
        var placed = 0;
        foreach (var item in items)
        {
            if (deployment.Containers.FirstOrDefault(container => (container.Service ?? container.Name) == item.Service) is { Id: { } id })
            {
                await new ContainerFiles(engine, id).PutAsync(item.Source, item.OriginalPath, cancellationToken).ConfigureAwait(false);
                placed++;
            }
            else
            {
                run.Observer.Warning($"{item.OriginalPath} was not put back: there is no container of {item.Service}. It is at {item.Source}.");
            }
        }

        return placed;
    }

    /// <summary>
    /// On an empty volume the image's own set-up answers on its socket, which is what health checks ask, and then starts anew:
    /// only an answer by the network is the server's.
    /// </summary>
    private async Task WaitForDatabaseAsync(CancellationToken cancellationToken)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(Pause, cancellationToken).ConfigureAwait(false))
        {
            // Each look gives it the address that it has by then.
            var deployment = await site.RequireAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await using var connection = await new PostgresConnector(deployment.Database, run.OperationId)
                    .OpenMaintenanceAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (LettaDrException notYet) when (notYet.Kind == FaultKind.Unreachable && clock.Elapsed < options.StartLimit)
            {
                run.Observer.Verbose($"Waiting for the database: {notYet.Message}");
            }
        }
    }

    private async Task<string?> StartAsync(IEnumerable<DeploymentContainer?> members, CancellationToken cancellationToken)
    {
        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var containers = members.OfType<DeploymentContainer>().ToList();
        if (site.Project() is { } project)
        {
            var services = containers.Select(container => container.Service).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
            await (await RunnerAsync(project, engine, cancellationToken).ConfigureAwait(false))
                .UpAsync(services, options.StartLimit, cancellationToken).ConfigureAwait(false);
            return string.Join(", ", services);
        }

        foreach (var container in containers.Where(container => container.Id is not null))
        {
            await engine.Containers.StartAsync(container.Id!, cancellationToken).ConfigureAwait(false);
        }

        return string.Join(", ", containers.Select(container => container.Name));
    }

    private async Task<ComposeRunner> RunnerAsync(ComposeProject project, DockerEngine engine, CancellationToken cancellationToken) => new(
        await ComposeTool.FindAsync(null, cancellationToken).ConfigureAwait(false), project, engine, NoVariables, run.Observer);

    private async Task<MaintenanceState> WithMaintenanceAsync(
        LettaDeployment deployment, Func<MaintenanceMode, Task<MaintenanceState>> work, CancellationToken cancellationToken)
    {
        using var server = await ServerContainers.OpenAsync(deployment, cancellationToken).ConfigureAwait(false);
        await using var door = new PostgresDoor(deployment.Database, run.OperationId);
        return await work(new MaintenanceMode(deployment, server, door, MaintenanceFiles.Local, run.Observer, options.Journals)).ConfigureAwait(false);
    }
}
