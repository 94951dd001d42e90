namespace LettaDr;

/// <summary>The containers that run a deployment's Letta server: one, or its replicas.</summary>
internal interface IServerContainers : IDisposable
{
    /// <summary>Why none of them can be stopped from here; null when they can.</summary>
    string? OutOfReach { get; }

    /// <summary>Those that run now.</summary>
    /// <exception cref="LettaDrException">One would be gone for good when stopped.</exception>
    Task<IReadOnlyList<StoppedContainer>> RunningAsync(CancellationToken cancellationToken);

    /// <summary>Stops a container and keeps Docker from starting it by itself, also when the machine starts anew.</summary>
    Task StopAsync(StoppedContainer container, CancellationToken cancellationToken);

    /// <summary>Starts a container, or the one that has taken its name since, with its restart policy put back.</summary>
    /// <returns>Its name; null when there is none any more.</returns>
    Task<string?> StartAsync(StoppedContainer container, CancellationToken cancellationToken);

    /// <summary>Waits until the container's Letta answers a real query.</summary>
    /// <exception cref="LettaDrException">It does not within <paramref name="limit"/>, or it has stopped again.</exception>
    Task WaitUntilReadyAsync(string name, TimeSpan limit, CancellationToken cancellationToken);
}
