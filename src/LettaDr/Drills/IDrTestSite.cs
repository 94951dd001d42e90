namespace LettaDr;

/// <summary>What a recovery test acts on: a throw-away copy of a deployment, or the deployment itself.</summary>
internal interface IDrTestSite : IAsyncDisposable
{
    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>Makes what the test begins with.</summary>
    /// <param name="whole">Whether a copy is made whole; else the script itself restores it.</param>
    /// <param name="recorder">Writes down what is done for it.</param>
    /// <param name="cancellationToken">Stops it; what it has made by then is left to <see cref="LeaveAsync"/>.</param>
    Task PrepareAsync(bool whole, DrTestRecorder recorder, CancellationToken cancellationToken);

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

    /// <summary>Removes a copy, or has a deployment run again, however far the test has come.</summary>
    /// <returns>What was seen to be so then.</returns>
    /// <exception cref="LettaDrException">Something is left, or down; everything else was seen to first.</exception>
    Task<string> LeaveAsync();
}
