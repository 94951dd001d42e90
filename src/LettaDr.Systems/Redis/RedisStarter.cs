using System.Diagnostics;

namespace LettaDr.Systems;

/// <summary>Stops and starts the container of a Redis, and knows where it answers afterwards.</summary>
internal sealed class RedisStarter(DockerEngine engine, CacheEndpoint endpoint)
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Where Redis answers.</summary>
    public CacheEndpoint Endpoint { get; private set; } = endpoint;

    /// <summary>Stops it; Redis may write its files first.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => engine.Containers.StopAsync(Id, Grace, cancellationToken);

    /// <summary>Starts it, and waits until it has loaded its files, however long that takes.</summary>
    /// <exception cref="LettaDrException">It ends again, or does not answer.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await engine.Containers.StartAsync(Id, cancellationToken).ConfigureAwait(false);
        var silent = Stopwatch.StartNew();
        while (true)
        {
            var container = await engine.InspectAsync(Id, cancellationToken).ConfigureAwait(false);
            if (!container.IsRunning)
            {
                throw await FailedAsync("ended again", cancellationToken).ConfigureAwait(false);
            }

            var (host, port) = ContainerAddress.After(engine, Endpoint.Host, Endpoint.Port, Endpoint.Container!, container);
            Endpoint = Endpoint with { Host = host, Port = port, Container = container };
            switch (await StateAsync(cancellationToken).ConfigureAwait(false))
            {
                case State.Ready:
                    return;
                case State.Loading:
                    silent.Restart();
                    break;
                default:
                    if (silent.Elapsed > AnswerLimit)
                    {
                        throw await FailedAsync($"does not answer within {AnswerLimit.TotalSeconds:0} s", cancellationToken).ConfigureAwait(false);
                    }

                    break;
            }

            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    private string Id => Endpoint.Container!.Id!;

    private async Task<State> StateAsync(CancellationToken cancellationToken)
    {
        try
        {
            var connection = await RedisConnector.OpenAsync(Endpoint, cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                var info = await RedisConnector.InfoAsync(connection, Endpoint, "persistence", cancellationToken).ConfigureAwait(false);
                return info.GetValueOrDefault("loading") == "0" ? State.Ready : State.Loading;
            }
        }
        catch (LettaDrException fault) when (fault.Id == "CacheLoading")
        {
            return State.Loading;
        }
        catch (LettaDrException fault) when (fault.Kind == FaultKind.Unreachable)
        {
            return State.Silent;
        }
    }

    private async Task<LettaDrException> FailedAsync(string what, CancellationToken cancellationToken)
    {
        var log = await ContainerLog.LastLinesAsync(engine, Id, 3, cancellationToken).ConfigureAwait(false);
        return new LettaDrException(
            "CacheDidNotStart", FaultKind.OperationFailed,
            $"The container of Redis at {Endpoint} {what}; its log ends with: {(log.Count == 0 ? "(nothing)" : string.Join("; ", log))}.",
            "See 'docker logs' of the container for the cause.", Endpoint);
    }

    private enum State
    {
        Silent,
        Loading,
        Ready,
    }
}
