namespace LettaDr.Systems;

/// <summary>One Compose project, brought up and stopped by the tool that is installed.</summary>
/// <param name="tool">The tool.</param>
/// <param name="project">The project.</param>
/// <param name="engine">The engine that the tool drives: the one that DOCKER_HOST names.</param>
/// <param name="environment">Variables for the files, beside this process's own; secrets go here and never into arguments.</param>
/// <param name="observer">Hears each line that the tool writes.</param>
internal sealed class ComposeRunner(
    ComposeTool tool, ComposeProject project, DockerEngine engine, IReadOnlyDictionary<string, string> environment, IOperationObserver observer)
{
    /// <summary>Starts services and all that they need, and waits until each is ready.</summary>
    /// <param name="services">Their names; null for all.</param>
    /// <param name="limit">How long it may take in all.</param>
    /// <param name="cancellationToken">Ends the tool; what was started goes on.</param>
    /// <exception cref="LettaDrException">An image is not to be had, a port is taken, or a service is not ready in time.</exception>
    public async Task UpAsync(IReadOnlyCollection<string>? services, TimeSpan limit, CancellationToken cancellationToken)
    {
        var order = ComposeOrder.Of(project.Services, services);
        var missing = await MissingImagesAsync(order, cancellationToken).ConfigureAwait(false);
        var started = DateTime.UtcNow;
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(limit);
        try
        {
            var (exitCode, lines) = await RunAsync(["up", "-d", .. services ?? []], time.Token).ConfigureAwait(false);
            if (exitCode != 0)
            {
                throw await new ComposeFaults(tool, engine).UpAsync(lines, missing, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LettaDrException(
                "ComposeTooSlow", FaultKind.OperationFailed, $"'{tool.Name} up' of {project.Name.Value} did not end within {limit.TotalSeconds:0} s.",
                "A service that others wait for may not become healthy: see 'docker ps' and its log.", project.Name.Value);
        }

        await WaitAsync(order, limit - (DateTime.UtcNow - started), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes the containers of services, and does not start them.</summary>
    /// <exception cref="LettaDrException">An image is not to be had, or Compose refuses.</exception>
    public async Task CreateAsync(IReadOnlyCollection<string> services, CancellationToken cancellationToken)
    {
        var missing = await MissingImagesAsync(ComposeOrder.Of(project.Services, services), cancellationToken).ConfigureAwait(false);
        var (exitCode, lines) = await RunAsync(["up", "--no-start", .. services], cancellationToken).ConfigureAwait(false);
        if (exitCode != 0)
        {
            throw await new ComposeFaults(tool, engine).UpAsync(lines, missing, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Stops services; all when null. Their containers stay.</summary>
    public async Task StopAsync(IReadOnlyCollection<string>? services, CancellationToken cancellationToken)
    {
        var (exitCode, lines) = await RunAsync(["stop", .. services ?? []], cancellationToken).ConfigureAwait(false);
        if (exitCode != 0)
        {
            throw new ComposeFaults(tool, engine).Other("stop", lines);
        }
    }

    /// <summary>Waits until all containers of services are ready: by their health checks, else by asking them.</summary>
    /// <exception cref="LettaDrException">One is not in time, or has stopped.</exception>
    public async Task WaitAsync(IReadOnlyList<ComposeService> services, TimeSpan limit, CancellationToken cancellationToken)
    {
        // What another service waits to have ended is ready when it has.
        var ending = services.SelectMany(service => service.DependsOn)
            .Where(dependency => dependency.Condition == ComposeCondition.Completed).Select(dependency => dependency.Service).ToHashSet(StringComparer.Ordinal);
        var readiness = new ServiceReadiness(engine, project.Name.Value);
        var until = DateTime.UtcNow + limit;
        foreach (var service in services)
        {
            observer.Verbose($"Waiting for the service {service.Name}");
            await readiness.WaitAsync(service.Name, ending.Contains(service.Name), until, limit, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<string>> MissingImagesAsync(IReadOnlyList<ComposeService> services, CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        foreach (var image in services.Where(service => !service.IsBuilt).Select(service => service.Image).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (!await engine.Containers.ImageExistsAsync(image, cancellationToken).ConfigureAwait(false))
            {
                missing.Add(image);
            }
        }

        return missing;
    }

    private Task<(int ExitCode, IReadOnlyList<string> Lines)> RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "--project-name", project.Name.Value, "--project-directory", project.Folder, .. project.Files.SelectMany(file => new[] { "--file", file }), .. command,
        ];
        observer.Verbose($"{tool.Name} {string.Join(' ', command)} ({project.Name.Value})");
        return tool.RunAsync(arguments, project.Folder, environment, line => observer.Verbose(SecretRedaction.Apply(line.Trim())), cancellationToken);
    }
}
