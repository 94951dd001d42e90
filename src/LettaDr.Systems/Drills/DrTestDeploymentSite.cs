namespace LettaDr.Systems;

/// <summary>A deployment itself, for a recovery test that may break it; whatever was running runs again when this is disposed of.</summary>
internal sealed class DrTestDeploymentSite : IDrTestSite
{
    private readonly DockerEngine _engine;
    private readonly DrTestMembers _members;
    private readonly HashSet<RecoveryComponent> _down = [];

    private DrTestDeploymentSite(DockerEngine engine, LettaDeployment deployment) =>
        (_engine, _members, Name) = (engine, new DrTestMembers(engine, deployment), deployment.Name);

    public string Name { get; }

    public string? BackupId => null;

    public IReadOnlyList<RecoveryComponent> Components => _members.Components;

    /// <exception cref="LettaDrException">A component does not run in this machine's Docker.</exception>
    public static async Task<DrTestDeploymentSite> OpenAsync(LettaDeployment deployment, CancellationToken cancellationToken)
    {
        var site = new DrTestDeploymentSite(await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false), deployment);
        if (!site.Components.Contains(RecoveryComponent.Database))
        {
            site._engine.Dispose();
            throw new LettaDrException(
                "DeploymentNotInDocker", FaultKind.Incompatible, $"The database of {deployment.Name} does not run in this machine's Docker, and cannot be killed and started from here.",
                "Run the test on the machine that runs it, or on a copy (without -OnDeployment).", deployment.Name);
        }

        return site;
    }

    public async Task<IReadOnlyDictionary<string, string>> DescribeAsync(CancellationToken cancellationToken) =>
        await _members.DescribeAsync(cancellationToken).ConfigureAwait(false);

    public IAsyncEnumerable<CheckResult> TestAsync(CancellationToken cancellationToken) => _members.TestAsync(cancellationToken);

    public Task<IReadOnlyList<CheckResult>> TestConsistencyAsync(CancellationToken cancellationToken) => _members.TestConsistencyAsync(null, cancellationToken);

    public async Task KillAsync(RecoveryComponent component, CancellationToken cancellationToken)
    {
        _down.Add(component);
        await _engine.Containers.KillAsync(_members.Id(component), cancellationToken).ConfigureAwait(false);
    }

    public async Task StartAsync(RecoveryComponent component, CancellationToken cancellationToken)
    {
        await _engine.Containers.StartAsync(_members.Id(component), cancellationToken).ConfigureAwait(false);
        _down.Remove(component);
    }

    public async ValueTask DisposeAsync()
    {
        using var engine = _engine;
        foreach (var component in Components.Where(_down.Contains).ToList())
        {
            await StartAsync(component, CancellationToken.None).ConfigureAwait(false);
        }
    }
}
