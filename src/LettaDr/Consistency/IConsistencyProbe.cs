namespace LettaDr;

/// <summary>A part of <c>Test-LettaConsistency</c>: some checks, always the same in the same order.</summary>
internal interface IConsistencyProbe
{
    /// <summary>The names of its checks in the order in which their results come.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>
    /// Makes the checks and gives each result as it is known: one for each wanted name, in the order of <see cref="Names"/>.
    /// Changes nothing. What cannot be checked is <see cref="Outcome.NotRun"/> with its reason; only cancellation throws.
    /// </summary>
    /// <param name="wanted">Names of the checks to make; others are left out without a result.</param>
    /// <param name="observer">Is told how far long checks are.</param>
    /// <param name="cancellationToken">Stops between and inside checks.</param>
    IAsyncEnumerable<CheckResult> RunAsync(IReadOnlySet<string> wanted, IOperationObserver observer, CancellationToken cancellationToken);
}
