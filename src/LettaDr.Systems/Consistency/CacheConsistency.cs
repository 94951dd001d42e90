using System.Runtime.CompilerServices;

namespace LettaDr.Systems;

/// <summary>Checks that a deployment's Redis is written to disk, and that what it holds of Letta's goes with the database.</summary>
internal sealed class CacheConsistency(LettaDeployment deployment, string operationId) : IConsistencyProbe
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; } = ["CacheAppendOnly", "CachePersistence", "CacheCoherent", "CacheLocks"];

    /// <inheritdoc/>
    public async IAsyncEnumerable<CheckResult> RunAsync(
        IReadOnlySet<string> wanted, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var checks = new CacheConsistencyChecks(deployment, operationId, observer);
        await using var closing = checks.ConfigureAwait(false);
        foreach (var name in Names.Where(wanted.Contains))
        {
            yield return await Check.RunAsync(
                name, deployment.Cache?.ToString() ?? deployment.Name, () => checks.RunAsync(name, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }
}
