namespace LettaDr;

/// <summary>The Redis that a set is restored to, and its files. Disposed of, it leaves nothing but what was told.</summary>
internal interface ICacheTarget : IAsyncDisposable
{
    /// <summary>Where Redis answers now; a container that was started anew may have another address.</summary>
    CacheEndpoint Endpoint { get; }

    /// <summary>Redis as it is; changes nothing.</summary>
    /// <exception cref="LettaDrException">It cannot be restored to: a replica, no volume, a refused password.</exception>
    Task<CacheProfile> InspectAsync(CancellationToken cancellationToken);

    /// <summary>Keeps other restores away, and puts right what one that died has left.</summary>
    /// <returns>What was put right; null when nothing was left.</returns>
    Task<string?> BeginAsync(string operationId, CancellationToken cancellationToken);

    /// <summary>Loads the set's files beside those of Redis, in a Redis that is thrown away, and lays out what Redis is to start with.</summary>
    /// <exception cref="LettaDrException">They do not load, or hold other keys than the set says.</exception>
    Task<CacheLoad> StageAsync(CachePart part, Func<string, Stream> open, CancellationToken cancellationToken);

    /// <summary>Stops Redis.</summary>
    Task StopAsync(CancellationToken cancellationToken);

    /// <summary>Sets Redis's files aside, and puts what was staged in their place.</summary>
    Task SwapAsync(CancellationToken cancellationToken);

    /// <summary>Starts Redis, and waits until it has loaded its files.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Sees that Redis holds what was staged, and that it is written to disk as before.</summary>
    Task<CacheProof> ProveAsync(CacheLoad load, CancellationToken cancellationToken);

    /// <summary>Ends the restore: from now on nothing is put back.</summary>
    /// <returns>Where the previous files are; null when there were none, or they were removed.</returns>
    Task<string?> KeepAsync(bool discardPrevious, CancellationToken cancellationToken);

    /// <summary>Puts the previous files back, and starts Redis again if it ran.</summary>
    Task PutBackAsync(CancellationToken cancellationToken);
}
