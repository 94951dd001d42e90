using System.Runtime.CompilerServices;

namespace LettaDr.Systems;

/// <summary>Checks that every container of a deployment runs as its Compose files say now, and replicas as each other.</summary>
internal sealed class ConfigurationConsistency(LettaDeployment deployment) : IConsistencyProbe
{
    private const string CheckName = "ConfigurationEqual";

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; } = [CheckName];

    /// <inheritdoc/>
    public async IAsyncEnumerable<CheckResult> RunAsync(
        IReadOnlySet<string> wanted, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (wanted.Contains(CheckName))
        {
            yield return await Check.RunAsync(CheckName, deployment.Name, () => CheckAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Check> CheckAsync(CancellationToken cancellationToken)
    {
        if (deployment.Compose is null)
        {
            return Check.NotRun("The deployment has no Compose project here.", "Name it by its Compose file, on the machine that has it.");
        }

        if (deployment.Compose.Files.FirstOrDefault(file => !File.Exists(file)) is { } gone)
        {
            return Check.NotRun($"The Compose file {gone} is not on this machine.", "Run the check where the file is, or bring it back (Restore-LettaConfiguration).");
        }

        using var engine = await DockerEngine.TryConnectAsync(cancellationToken).ConfigureAwait(false);
        var comparison = engine is null ? null : new InstanceComparison(engine, deployment);
        var pairs = comparison is null ? [] : await comparison.PairsAsync(withFiles: false, cancellationToken).ConfigureAwait(false);
        if (pairs.Count == 0)
        {
            return Check.NotRun("No container of the project is in this machine's Docker.", "Start the deployment (docker compose up -d).");
        }

        var comparer = new ConfigurationComparer();
        foreach (var (left, right) in pairs)
        {
            comparer.Learn(left);
            comparer.Learn(right);
        }

        List<string> differences = [.. pairs.SelectMany(pair => comparer.Compare(pair.Left, pair.Right, includeEqual: false)).Select(difference => difference.ToString())];
        return differences.Count == 0
            ? Check.Passed($"{Examples.Count(comparison!.Containers, "container")}: environment, image and mounts as the Compose files say, and as its replicas have them.")
            : Check.Failed(
                $"{Examples.Count(differences.Count, "difference")}: {Examples.List(differences)}.",
                "If the files are right, apply them (docker compose up -d); if the containers are, bring the files back (Restore-LettaConfiguration). Compare-LettaConfiguration lists every difference.");
    }
}
