namespace LettaDr.Systems.Tests;

/// <summary>The results of all checks on one database.</summary>
internal sealed record ConsistencyRun(IReadOnlyList<CheckResult> Results)
{
    public CheckResult this[string name] => Results.Single(result => result.Name == name);

    public static async Task<ConsistencyRun> OfAsync(
        LettaDeployment deployment, DatabaseInventory? expected = null, IReadOnlyCollection<string>? skip = null,
        IOperationObserver? observer = null, CancellationToken cancellationToken = default)
    {
        var test = new ConsistencyTest(deployment.Name, [new DatabaseConsistency(deployment.Database, expected)]);
        var results = new List<CheckResult>();
        await foreach (var result in test.RunAsync(skip ?? [], observer ?? new CollectingObserver(), cancellationToken))
        {
            results.Add(result);
        }

        Assert.Equal(DatabaseConsistency.CheckNames, results.Select(result => result.Name));
        Assert.All(results, result => Assert.Equal(result.Outcome == Outcome.Passed, result.Remedy is null));
        return new ConsistencyRun(results);
    }

    /// <summary>What every check came to; all that has not passed with its evidence.</summary>
    public string NotPassed() =>
        string.Join('\n', Results.Where(result => result.Outcome != Outcome.Passed).Select(result => $"{result.Name}: {result.Outcome}. {result.Evidence}"));

    /// <summary>These checks failed, and every other passed; the evidence of the first.</summary>
    public string AssertFailedAlone(params string[] names)
    {
        Assert.True(
            names.Order().SequenceEqual(Results.Where(result => result.Outcome == Outcome.Failed).Select(result => result.Name).Order())
                && Results.Count(result => result.Outcome == Outcome.Passed) == Results.Count - names.Length,
            NotPassed());
        return this[names[0]].Evidence;
    }

    /// <summary>These checks were not run, and every other passed.</summary>
    public void AssertNotRun(params string[] names)
    {
        Assert.DoesNotContain(Results, result => result.Outcome == Outcome.Failed);
        Assert.True(
            names.Order().SequenceEqual(Results.Where(result => result.Outcome == Outcome.NotRun).Select(result => result.Name).Order()), NotPassed());
    }
}
