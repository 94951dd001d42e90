using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace LettaDr.Systems;

/// <summary>Tests every member of a deployment: the same checks, always in the same order.</summary>
internal sealed class DeploymentProbe
{
    /// <summary>Names of the checks in their order.</summary>
    public static IReadOnlyList<string> CheckNames { get; } =
        ["ContainersRunning", .. DatabaseChecks.Names, .. CacheChecks.Names, .. ServerChecks.Names];

    /// <summary>Runs the checks and gives each result as it is known.</summary>
    /// <param name="deployment">What to test.</param>
    /// <param name="cancellationToken">Stops between and inside checks.</param>
    public async IAsyncEnumerable<CheckResult> CheckAsync(
        LettaDeployment deployment, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await Check.RunAsync(
            "ContainersRunning", deployment.Name, () => ContainerCheck.RunAsync(deployment, cancellationToken), cancellationToken).ConfigureAwait(false);

        await using var database = new DatabaseChecks(deployment.Database);
        await foreach (var result in database.RunAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return result;
        }

        await using var cache = new CacheChecks(deployment.Cache);
        await foreach (var result in cache.RunAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return result;
        }

        using var server = new ServerChecks(deployment.Server);
        await foreach (var result in server.RunAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return result;
        }
    }
}
