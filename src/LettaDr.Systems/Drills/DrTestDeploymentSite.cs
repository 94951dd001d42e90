namespace LettaDr.Systems;

/// <summary>A deployment itself, for a recovery test that may break it; what was killed is started when it is left.</summary>
internal sealed class DrTestDeploymentSite(DockerEngine engine, LettaDeployment deployment, IOperationObserver observer) : IDrTestSite
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly DrTestMembers _members = new(engine, deployment);
    private readonly HashSet<RecoveryComponent> _killed = [];

    public string Name => deployment.Name;

    public IReadOnlyList<RecoveryComponent> Components => _members.Components;

    public Task PrepareAsync(bool whole, DrTestRecorder recorder, CancellationToken cancellationToken) =>
        new DrTestSweep(engine, observer).RunAsync(cancellationToken);

    public async Task<IReadOnlyDictionary<string, string>> DescribeAsync(CancellationToken cancellationToken) =>
        await _members.DescribeAsync(cancellationToken).ConfigureAwait(false);

    public IAsyncEnumerable<CheckResult> TestAsync(CancellationToken cancellationToken) => _members.TestAsync(cancellationToken);

    public Task<IReadOnlyList<CheckResult>> TestConsistencyAsync(CancellationToken cancellationToken) => _members.TestConsistencyAsync(null, cancellationToken);

    public async Task KillAsync(RecoveryComponent component, CancellationToken cancellationToken)
    {
        DrTestNotes.Local.Add(_members.Id(component));
        _killed.Add(component);
        await engine.Containers.KillAsync(_members.Id(component), cancellationToken).ConfigureAwait(false);
    }

    public async Task StartAsync(RecoveryComponent component, CancellationToken cancellationToken)
    {
        await engine.Containers.StartAsync(_members.Id(component), cancellationToken).ConfigureAwait(false);
        DrTestNotes.Local.Remove(_members.Id(component));
    }

    public async Task<string> LeaveAsync()
    {
        var failures = new List<string>();
        foreach (var component in Components.Where(_killed.Contains))
        {
            await TryAsync(token => StartAsync(component, token)).ConfigureAwait(false);
        }

        // That Docker took the order does not say that it runs.
        var (running, down) = (new List<string>(), new List<string>());
        foreach (var id in Components.Select(_members.Id).Distinct())
        {
            await TryAsync(async token =>
            {
                var container = await engine.InspectAsync(id, token).ConfigureAwait(false);
                (container.IsRunning ? running : down).Add($"{container.Name} is {container.State}");
            }).ConfigureAwait(false);
        }

        return down.Count + failures.Count == 0 ? $"{string.Join(", ", running)}." : throw DrTestVerification.Failed(
            $"{Name} was not left as it should run: {string.Join(", ", [.. down, .. running])}. {string.Join(' ', failures)}".TrimEnd(),
            "Start what is down, e.g. with 'docker compose up -d'; 'docker logs' tells why it stopped.");

        // One that does not start must not leave the others down.
        async Task TryAsync(Func<CancellationToken, Task> work)
        {
            using var limit = new CancellationTokenSource(StartLimit);
            try
            {
                await work(limit.Token).ConfigureAwait(false);
            }
            catch (LettaDrException failure)
            {
                failures.Add(failure.Message);
            }
            catch (OperationCanceledException)
            {
                failures.Add($"Docker did not answer within {DurationText.InWords(StartLimit)}.");
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        engine.Dispose();
        return ValueTask.CompletedTask;
    }
}
