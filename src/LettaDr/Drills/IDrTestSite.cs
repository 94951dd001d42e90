namespace LettaDr;

/// <summary>What a recovery test acts on: a throw-away copy of a deployment, or the deployment itself.</summary>
internal interface IDrTestSite : IAsyncDisposable
{
    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>The deployment's set that it was restored from, or is restored from; null where nothing of the deployment is used.</summary>
    string? BackupId { get; }

    /// <summary>Versions, images, sizes and settings, as they are before anything is done.</summary>
    Task<IReadOnlyDictionary<string, string>> DescribeAsync(CancellationToken cancellationToken);

    /// <summary>Asks every member by a real query: the checks of Test-LettaDeployment, each as it is known.</summary>
    IAsyncEnumerable<CheckResult> TestAsync(CancellationToken cancellationToken);

    /// <summary>Asks what the database and the cache hold: the checks of Test-LettaConsistency.</summary>
    Task<IReadOnlyList<CheckResult>> TestConsistencyAsync(CancellationToken cancellationToken);

    /// <summary>The components that it has, in the order in which they depend on each other.</summary>
    IReadOnlyList<RecoveryComponent> Components { get; }

    /// <summary>Ends a component's first process at once.</summary>
    Task KillAsync(RecoveryComponent component, CancellationToken cancellationToken);

    /// <summary>Starts a component; nothing is waited for.</summary>
    Task StartAsync(RecoveryComponent component, CancellationToken cancellationToken);
}
