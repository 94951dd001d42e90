using System.Runtime.CompilerServices;

namespace LettaDr;

/// <summary>Tests whether what a deployment holds is consistent: the probes in their order, one result for each check.</summary>
internal sealed class ConsistencyTest(string target, IReadOnlyList<IConsistencyProbe> probes)
{
    /// <summary>The names of all checks in their order.</summary>
    public IReadOnlyList<string> Names { get; } = [.. probes.SelectMany(probe => probe.Names)];

    /// <summary>Makes the checks and gives each result as it is known.</summary>
    /// <param name="skip">Names of checks that are not to be made: each is <see cref="Outcome.NotRun"/> in its place.</param>
    /// <param name="observer">Is told how far long checks are.</param>
    /// <param name="cancellationToken">Stops between and inside checks.</param>
    /// <exception cref="LettaDrException">There is no check of a name in <paramref name="skip"/>.</exception>
    public async IAsyncEnumerable<CheckResult> RunAsync(
        IReadOnlyCollection<string> skip, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var skipped = Skipped(skip);
        foreach (var probe in probes)
        {
            var wanted = probe.Names.Where(name => !skipped.Contains(name)).ToHashSet(StringComparer.Ordinal);
            var results = probe.RunAsync(wanted, observer, cancellationToken).GetAsyncEnumerator(cancellationToken);
            await using var ending = results.ConfigureAwait(false);
            foreach (var name in probe.Names)
            {
                if (!wanted.Contains(name))
                {
                    yield return NotRun(name);
                }
                else if (await results.MoveNextAsync().ConfigureAwait(false) && results.Current.Name == name)
                {
                    yield return results.Current;
                }
                else
                {
                    // A check that nobody made must not look like one that there never was.
                    throw new InvalidOperationException($"The check {name} was asked for and has no result.");
                }
            }
        }
    }

    private HashSet<string> Skipped(IReadOnlyCollection<string> skip)
    {
        var unknown = skip.Where(name => !Names.Contains(name, StringComparer.OrdinalIgnoreCase)).ToList();
        return unknown.Count == 0
            ? Names.Where(name => skip.Contains(name, StringComparer.OrdinalIgnoreCase)).ToHashSet(StringComparer.Ordinal)
            : throw new LettaDrException(
                "CheckUnknown", FaultKind.InvalidArgument, $"There is no check {string.Join(", ", unknown)}.",
                $"The checks are {string.Join(", ", Names)}.", unknown[0]);
    }

    private CheckResult NotRun(string name) => new()
    {
        Name = name, Target = target, Outcome = Outcome.NotRun, Evidence = "Left out with -Skip.", Remedy = "Run it without -Skip.",
    };
}
