namespace LettaDr.Systems.Tests;

/// <summary>A real target of which one step fails when it has been done.</summary>
internal sealed class FailingCacheTarget(ICacheTarget target, string failing) : ICacheTarget
{
    public CacheEndpoint Endpoint => target.Endpoint;

    public Task<CacheProfile> InspectAsync(CancellationToken cancellationToken) => target.InspectAsync(cancellationToken);

    public Task<string?> BeginAsync(string operationId, CancellationToken cancellationToken) => target.BeginAsync(operationId, cancellationToken);

    public Task<CacheLoad> StageAsync(CachePart part, Func<string, Stream> open, CancellationToken cancellationToken) =>
        target.StageAsync(part, open, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => target.StopAsync(cancellationToken);

    public Task SwapAsync(CancellationToken cancellationToken) => ThenFailAsync(nameof(SwapAsync), target.SwapAsync(cancellationToken));

    public Task StartAsync(CancellationToken cancellationToken) => ThenFailAsync(nameof(StartAsync), target.StartAsync(cancellationToken));

    public async Task<CacheProof> ProveAsync(CacheLoad load, CancellationToken cancellationToken)
    {
        var proof = await target.ProveAsync(load, cancellationToken);
        await ThenFailAsync(nameof(ProveAsync), Task.CompletedTask);
        return proof;
    }

    public Task<string?> KeepAsync(bool discardPrevious, CancellationToken cancellationToken) => target.KeepAsync(discardPrevious, cancellationToken);

    public Task PutBackAsync(CancellationToken cancellationToken) => target.PutBackAsync(cancellationToken);

    public ValueTask DisposeAsync() => target.DisposeAsync();

    private async Task ThenFailAsync(string step, Task done)
    {
        await done;
        if (step == failing)
        {
            throw new LettaDrException("Planted", FaultKind.OperationFailed, $"{step} failed.", "This was meant.");
        }
    }
}
