using System.Diagnostics;
using System.Globalization;

namespace LettaDr.Systems;

/// <summary>The containers of a deployment's Letta server in this machine's Docker.</summary>
internal sealed class ServerContainers : IServerContainers
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly ServerEndpoint? _server;
    private readonly DockerEngine? _engine;

    private ServerContainers(ServerEndpoint? server, DockerEngine? engine, string? outOfReach) =>
        (_server, _engine, OutOfReach) = (server, engine, outOfReach);

    /// <inheritdoc/>
    public string? OutOfReach { get; }

    /// <summary>Connects to Docker, where the server is one of its containers.</summary>
    public static async Task<ServerContainers> OpenAsync(LettaDeployment deployment, CancellationToken cancellationToken)
    {
        var server = deployment.Server;
        var outOfReach = server switch
        {
            null => "No Letta server is known: see to it yourself that none uses the database.",
            { Container: null } => $"The Letta server at {server} runs in no container of this machine's Docker: stop and start it yourself.",
            { Container.Id: null } => $"The Letta server's container {server.Container.Name} does not exist: there is nothing to stop.",
            _ when server.Container.Id == deployment.Database.Container?.Id =>
                $"The container {server.Container.Name} runs the Letta server and its database, so it was not stopped: the server cannot use the database while it is closed.",
            _ => null,
        };
        return new ServerContainers(
            server, outOfReach is null ? await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false) : null, outOfReach);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoppedContainer>> RunningAsync(CancellationToken cancellationToken)
    {
        var known = _server!.Container!;
        var all = known is { Project: not null, Service: not null }
            ? await _engine!.ListAsync(
                all: true,
                new Dictionary<string, string> { [ContainerMapping.ProjectLabel] = known.Project, [ContainerMapping.ServiceLabel] = known.Service },
                cancellationToken).ConfigureAwait(false)
            : await FindAsync(known, cancellationToken).ConfigureAwait(false) is { } alone ? [alone] : [];
        var running = all
            .Where(details => details.Container.State is "running" or "restarting" or "paused" && details.Labels.GetValueOrDefault(ContainerMapping.OneOffLabel) != "True")
            .ToList();
        running.ForEach(RequireKept);
        return [.. running.Select(details => new StoppedContainer(
            details.Container.Id!, details.Container.Name, details.RestartPolicy, details.MaximumRetries))];
    }

    /// <summary>Refuses a container that Docker removes, with its anonymous volumes, as soon as it stops.</summary>
    /// <exception cref="LettaDrException">It is one.</exception>
    public static void RequireKept(ContainerDetails details)
    {
        if (details.IsRemovedWhenStopped)
        {
            throw new LettaDrException(
                "ContainerNotKept", FaultKind.Incompatible,
                $"The container {details.Container.Name} was started to be removed when it stops (--rm), and could not be started again.",
                "Stop it yourself and start it without --rm, or by Compose.", details.Container.Name);
        }
    }

    /// <inheritdoc/>
    public async Task StopAsync(StoppedContainer container, CancellationToken cancellationToken)
    {
        // A container that was stopped by hand is started all the same when the engine is, if its policy is always or on-failure.
        await _engine!.Containers.SetRestartPolicyAsync(container.Id, "no", 0, cancellationToken).ConfigureAwait(false);
        await _engine.Containers.StopAsync(container.Id, null, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<string?> StartAsync(StoppedContainer container, CancellationToken cancellationToken)
    {
        var found = await FindAsync(new DeploymentContainer { Id = container.Id, Name = container.Name }, cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            return null;
        }

        if (found.Container.Id == container.Id && found.RestartPolicy == "no" && container.RestartPolicy != "no")
        {
            await _engine!.Containers.SetRestartPolicyAsync(
                container.Id, container.RestartPolicy, container.MaximumRetries, cancellationToken).ConfigureAwait(false);
        }

        if (!found.Container.IsRunning)
        {
            await _engine!.Containers.StartAsync(found.Container.Id!, cancellationToken).ConfigureAwait(false);
        }

        return found.Container.Name;
    }

    /// <inheritdoc/>
    public async Task WaitUntilReadyAsync(string name, TimeSpan limit, CancellationToken cancellationToken)
    {
        var evidence = string.Empty;
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < limit; await Task.Delay(Pause, cancellationToken).ConfigureAwait(false))
        {
            var details = await _engine!.DescribeAsync(name, cancellationToken).ConfigureAwait(false);
            if (details is { Container.IsRunning: false, RestartPolicy: "no" })
            {
                evidence = $"it stopped again with exit code {details.ExitCode}; its log ends with: {await ContainerLog.LastLineAsync(_engine, name, cancellationToken).ConfigureAwait(false)}";
                break;
            }

            var result = await AskAsync(details, cancellationToken).ConfigureAwait(false);
            if (result.Outcome == Outcome.Passed)
            {
                return;
            }

            evidence = result.Evidence;
        }

        throw new LettaDrException(
            "ServerNotReady", FaultKind.OperationFailed,
            string.Create(CultureInfo.InvariantCulture, $"The server's container {name} was started, but was not ready within {limit.TotalSeconds:0.#} s: {SecretRedaction.Apply(evidence.TrimEnd('.'))}."),
            $"See 'docker logs {name}', then run Exit-LettaMaintenance again: what it has to put back stays noted.", name);
    }

    /// <inheritdoc/>
    public void Dispose() => _engine?.Dispose();

    /// <summary>Whether one container's Letta answers: each start may give it another address.</summary>
    private async Task<CheckResult> AskAsync(ContainerDetails details, CancellationToken cancellationToken)
    {
        var endpoint = await LettaContainer.EndpointAsync(details, _engine!, cancellationToken).ConfigureAwait(false);
        // A password that came from elsewhere, as from a file, is the deployment's.
        using var checks = new ServerChecks(endpoint with { Password = _server!.Password ?? endpoint.Password });
        return await checks.ReadyAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A container by its identifier, else the one that bears its name now.</summary>
    private async Task<ContainerDetails?> FindAsync(DeploymentContainer container, CancellationToken cancellationToken)
    {
        foreach (var key in new[] { container.Id!, container.Name })
        {
            try
            {
                return await _engine!.DescribeAsync(key, cancellationToken).ConfigureAwait(false);
            }
            catch (LettaDrException missing) when (missing.Kind == FaultKind.NotFound)
            {
                // Removed, and perhaps made anew under its name.
            }
        }

        return null;
    }
}
