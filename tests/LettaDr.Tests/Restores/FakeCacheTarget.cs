namespace LettaDr.Tests;

/// <summary>A target that only notes what it is told to do, and fails where it should.</summary>
internal sealed class FakeCacheTarget(params string[] failing) : ICacheTarget
{
    public List<string> Done { get; } = [];

    /// <summary>Called before each step, with its name.</summary>
    public Action<string> Before { get; init; } = static _ => { };

    public CacheEndpoint Endpoint { get; } = new() { Host = "172.17.0.3" };

    public Task<CacheProfile> InspectAsync(CancellationToken cancellationToken) => DoAsync(
        "Inspect", new CacheProfile { Cache = "172.17.0.3:6379", Container = "letta-redis-1", IsRunning = true, Keys = 7, Directory = "/data", Volume = "volume letta" });

    public Task<string?> BeginAsync(string operationId, CancellationToken cancellationToken) => DoAsync<string?>("Begin", "something was put right");

    public Task<CacheLoad> StageAsync(CachePart part, Func<string, Stream> open, CancellationToken cancellationToken) =>
        DoAsync("Stage", new CacheLoad(10, 2, 0, 640, "8.0.2"));

    public Task StopAsync(CancellationToken cancellationToken) => DoAsync("Stop", 0, cancellationToken);

    public Task SwapAsync(CancellationToken cancellationToken) => DoAsync("Swap", 0, cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => DoAsync("Start", 0, cancellationToken);

    public Task<CacheProof> ProveAsync(CacheLoad load, CancellationToken cancellationToken) => DoAsync("Prove", new CacheProof(8, 2, true, null));

    public Task<string?> KeepAsync(bool discardPrevious, CancellationToken cancellationToken) => DoAsync("Keep", discardPrevious ? null : "/data/.before");

    public Task PutBackAsync(CancellationToken cancellationToken) => DoAsync("PutBack", 0, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<T> DoAsync<T>(string step, T result, CancellationToken cancellationToken = default)
    {
        Before(step);
        cancellationToken.ThrowIfCancellationRequested();
        Done.Add(step);
        return failing.Contains(step)
            ? Task.FromException<T>(new LettaDrException(step + "Failed", FaultKind.OperationFailed, $"{step} failed.", "Planted."))
            : Task.FromResult(result);
    }
}
