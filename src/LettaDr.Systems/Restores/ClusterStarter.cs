using System.Diagnostics;

namespace LettaDr.Systems;

/// <summary>Stops and starts the container of a PostgreSQL server, and knows where it answers afterwards.</summary>
internal sealed class ClusterStarter(DockerEngine engine, DatabaseEndpoint endpoint)
{
    // A server that is told to stop writes all it holds first.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Where the server answers.</summary>
    public DatabaseEndpoint Endpoint { get; private set; } = endpoint;

    private string Id => Endpoint.Container!.Id!;

    /// <summary>Stops it.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => engine.Containers.StopAsync(Id, Grace, cancellationToken);

    /// <summary>Starts it, and waits until it answers by the network.</summary>
    /// <returns>A warning; null when there is none.</returns>
    /// <exception cref="LettaDrException">It ends again, does not answer, or is another cluster than it should be.</exception>
    public async Task<string?> StartAsync(string? systemIdentifier, CancellationToken cancellationToken)
    {
        await engine.Containers.StartAsync(Id, cancellationToken).ConfigureAwait(false);
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(Pause, cancellationToken).ConfigureAwait(false))
        {
            var container = await engine.InspectAsync(Id, cancellationToken).ConfigureAwait(false);
            if (!container.IsRunning)
            {
                throw await FailedAsync("ended again", cancellationToken).ConfigureAwait(false);
            }

            var (host, port) = ContainerAddress.After(engine, Endpoint.Host, Endpoint.Port, Endpoint.Container!, container);
            Endpoint = Endpoint with { Host = host, Port = port, Container = container };
            try
            {
                await CheckAsync(systemIdentifier, cancellationToken).ConfigureAwait(false);
                return null;
            }
            catch (LettaDrException refused) when (refused.Kind == FaultKind.AuthenticationFailed)
            {
                return $"The server runs, and refuses {Endpoint.UserName}: roles and passwords are those of the recovered moment again. {refused.Message}";
            }
            catch (LettaDrException notYet) when (notYet.Kind == FaultKind.Unreachable)
            {
                if (clock.Elapsed > AnswerLimit)
                {
                    throw await FailedAsync($"does not answer within {AnswerLimit.TotalMinutes:0} minutes", cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    private async Task CheckAsync(string? systemIdentifier, CancellationToken cancellationToken)
    {
        await using var connection = await new PostgresConnector(Endpoint, "restore").OpenMaintenanceAsync(cancellationToken).ConfigureAwait(false);
        var found = await PostgresConnector.SystemIdentifierAsync(connection, cancellationToken).ConfigureAwait(false);
        if (systemIdentifier is not null && found is not null && found != systemIdentifier)
        {
            throw await FailedAsync($"runs cluster {found} instead of {systemIdentifier}", cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<LettaDrException> FailedAsync(string what, CancellationToken cancellationToken)
    {
        var log = await ContainerLog.LastLinesAsync(engine, Id, 3, cancellationToken).ConfigureAwait(false);
        return new LettaDrException(
            "ServerDidNotStart", FaultKind.OperationFailed,
            $"The container {Endpoint.Container!.Name} {what}; its log ends with: {(log.Count == 0 ? "(nothing)" : string.Join("; ", log))}.",
            "See 'docker logs' of the container for the cause.", Endpoint);
    }
}
