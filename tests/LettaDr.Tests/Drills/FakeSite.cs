namespace LettaDr.Tests;

/// <summary>A deployment of three components that a test script can kill; it is as blind as it is told to be.</summary>
internal sealed class FakeSite : IDrTestSite
{
    private readonly HashSet<RecoveryComponent> _down = [];

    /// <summary>Whether its checks see nothing.</summary>
    public bool Blind { get; init; }

    /// <summary>From this call of Kill on, its checks see nothing.</summary>
    public int BlindFrom { get; init; } = int.MaxValue;

    public int Kills { get; private set; }

    public bool Disposed { get; private set; }

    public Exception? PrepareFailure { get; init; }

    public Exception? LeaveFailure { get; init; }

    public IReadOnlySet<RecoveryComponent> Down => _down;

    public string Name => "fake";

    public IReadOnlyList<RecoveryComponent> Components => [RecoveryComponent.Database, RecoveryComponent.Cache, RecoveryComponent.Server];

    public Action? OnKill { get; init; }

    public Task<IReadOnlyDictionary<string, string>> DescribeAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string> { ["PostgreSQL"] = "17" });

    public async IAsyncEnumerable<CheckResult> TestAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (var component in Components)
        {
            var failed = _down.Contains(component) && !Blind && Kills < BlindFrom;
            yield return new CheckResult { Name = component.ToString(), Target = Name, Outcome = failed ? Outcome.Failed : Outcome.Passed, Evidence = failed ? "It is down." : "It runs." };
        }
    }

    public Task<IReadOnlyList<CheckResult>> TestConsistencyAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<CheckResult>>([]);

    public Task KillAsync(RecoveryComponent component, CancellationToken cancellationToken)
    {
        OnKill?.Invoke();
        cancellationToken.ThrowIfCancellationRequested();
        Kills++;
        _down.Add(component);
        return Task.CompletedTask;
    }

    public Task StartAsync(RecoveryComponent component, CancellationToken cancellationToken)
    {
        _down.Remove(component);
        return Task.CompletedTask;
    }

    public Task PrepareAsync(bool whole, DrTestRecorder recorder, CancellationToken cancellationToken) =>
        PrepareFailure is null ? Task.CompletedTask : Task.FromException(PrepareFailure);

    public Task<string> LeaveAsync() => LeaveFailure is null ? Task.FromResult("All three run.") : Task.FromException<string>(LeaveFailure);

    public ValueTask DisposeAsync()
    {
        Disposed = true;
        return ValueTask.CompletedTask;
    }
}
