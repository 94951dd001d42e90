using System.Globalization;

namespace LettaDr.Systems;

/// <summary>Waits until the containers of a Compose service do their work, or tells why they do not.</summary>
internal sealed class ServiceReadiness(DockerEngine engine, string project)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Waits for every container of a service.</summary>
    /// <param name="service">The service.</param>
    /// <param name="ends">Whether its work is to end well rather than to go on.</param>
    /// <param name="until">When waiting ends (UTC).</param>
    /// <param name="limit">How long that was in all; for the error.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="LettaDrException">One is not ready in time, or has stopped and is not started again.</exception>
    public async Task WaitAsync(string service, bool ends, DateTime until, TimeSpan limit, CancellationToken cancellationToken)
    {
        while (true)
        {
            var containers = await ContainersAsync(service, cancellationToken).ConfigureAwait(false);
            var waiting = containers.Count == 0 ? (Name: service, Why: "no container of it exists") : default;
            foreach (var details in containers)
            {
                if (await LackAsync(details, ends, cancellationToken).ConfigureAwait(false) is { } why)
                {
                    waiting = (details.Container.Name, why);
                    break;
                }
            }

            if (waiting == default)
            {
                return;
            }

            if (DateTime.UtcNow >= until)
            {
                throw new LettaDrException(
                    "ServiceNotReady", FaultKind.OperationFailed,
                    string.Create(CultureInfo.InvariantCulture, $"The service {service} was not ready within {limit.TotalSeconds:0.#} s: {waiting.Name}: {SecretRedaction.Apply(waiting.Why).TrimEnd('.')}."),
                    $"See 'docker logs {waiting.Name}'.", service);
            }

            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<List<ContainerDetails>> ContainersAsync(string service, CancellationToken cancellationToken)
    {
        var labels = new Dictionary<string, string> { [ContainerMapping.ProjectLabel] = project, [ContainerMapping.ServiceLabel] = service };
        var all = await engine.ListAsync(all: true, labels, cancellationToken).ConfigureAwait(false);
        return [.. all.Where(details => details.Labels.GetValueOrDefault(ContainerMapping.OneOffLabel) != "True")];
    }

    /// <summary>What a container lacks to be ready; null when it is.</summary>
    private async Task<string?> LackAsync(ContainerDetails details, bool ends, CancellationToken cancellationToken)
    {
        var container = details.Container;
        if (!container.IsRunning)
        {
            if (ends && container.State == "exited" && details.ExitCode == 0)
            {
                return null;
            }

            return container.State is "exited" or "dead" && (details.RestartPolicy == "no" || ends)
                ? throw new LettaDrException(
                    "ServiceStopped", FaultKind.OperationFailed,
                    $"The container {container.Name} ({container.Image}) stopped again with exit code {details.ExitCode}; its log ends with: {SecretRedaction.Apply(await ContainerLog.LastLineAsync(engine, container.Id!, cancellationToken).ConfigureAwait(false))}",
                    $"See 'docker logs {container.Name}'.", container.Name)
                : $"it is {container.State}, and its log ends with: {await ContainerLog.LastLineAsync(engine, container.Id!, cancellationToken).ConfigureAwait(false)}";
        }

        if (ends)
        {
            return "it has not ended yet";
        }

        return details.Health switch
        {
            "healthy" => null,
            { } health => $"its health check says {health}{(details.HealthOutput is { Length: > 0 } said ? $" ({said.ReplaceLineEndings(" ")})" : string.Empty)}",
            null => await AskAsync(details, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>Asks a container that has no health check of its own, where it is known how.</summary>
    private async Task<string?> AskAsync(ContainerDetails details, CancellationToken cancellationToken)
    {
        var image = details.Container.Image;
        if (ImageName.IsPostgres(image))
        {
            return await CommandAsync(details, ["pg_isready", "-q", "-h", "127.0.0.1"], cancellationToken).ConfigureAwait(false);
        }

        if (ImageName.IsRedis(image))
        {
            return await CommandAsync(details, ["redis-cli", "ping"], cancellationToken).ConfigureAwait(false);
        }

        return ImageName.IsLetta(image) || MemberRecognition.HasDatabaseSetting(ContainerMembers.From(details))
            ? await LettaAsync(details, cancellationToken).ConfigureAwait(false)
            : null;
    }

    private async Task<string?> CommandAsync(ContainerDetails details, IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        try
        {
            var result = await engine.ExecAsync(details.Container.Id!, command, null, null, null, null, cancellationToken).ConfigureAwait(false);
            return result.ExitCode == 0 ? null : $"{command[0]} in it ends with {result.ExitCode}";
        }
        catch (LettaDrException fault) when (fault.Id.StartsWith("Docker", StringComparison.Ordinal))
        {
            return fault.Message;
        }
    }

    private async Task<string?> LettaAsync(ContainerDetails details, CancellationToken cancellationToken)
    {
        var endpoint = await LettaContainer.EndpointAsync(details, engine, cancellationToken).ConfigureAwait(false);
        using var checks = new ServerChecks(endpoint);
        var result = await checks.ReadyAsync(cancellationToken).ConfigureAwait(false);
        return result.Outcome == Outcome.Passed ? null : result.Evidence;
    }
}
