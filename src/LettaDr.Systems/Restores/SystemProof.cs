namespace LettaDr.Systems;

/// <summary>Proves that a restored system works and is consistent.</summary>
internal sealed class SystemProof(SystemRestoreOptions options, SystemSite site, SystemRestoreRun run)
{
    /// <exception cref="LettaDrException">A member does not answer a real query.</exception>
    public async Task<string?> TestConnectivityAsync(CancellationToken cancellationToken)
    {
        var deployment = await site.RequireAsync(cancellationToken).ConfigureAwait(false);
        var results = await ToListAsync(new DeploymentProbe().CheckAsync(deployment, cancellationToken), cancellationToken).ConfigureAwait(false);
        var failed = results.Where(result => result.Outcome == Outcome.Failed).ToList();
        return failed.Count == 0 ? Count(results) : throw new LettaDrException(
            "SystemNotConnected", FaultKind.OperationFailed,
            $"{deployment.Name} is restored, but does not work as a whole: {string.Join(" ", failed.Select(result => $"{result.Name}: {result.Evidence}"))}",
            failed[0].Remedy ?? "See Test-LettaDeployment.", deployment.Name);
    }

    /// <summary>What it finds may have been so when the set was made: it is told, and no reason to undo a restore that is identical.</summary>
    public async Task<string?> TestConsistencyAsync(CancellationToken cancellationToken)
    {
        var deployment = await site.RequireAsync(cancellationToken).ConfigureAwait(false);
        var expected = DatabaseRestore.ReadInventory(options.Repository, run.Plan.Backup);
        var test = DeploymentConsistency.TestOf(deployment, expected);
        var results = await ToListAsync(test.RunAsync([], run.Observer, cancellationToken), cancellationToken).ConfigureAwait(false);
        foreach (var failed in results.Where(result => result.Outcome == Outcome.Failed))
        {
            run.Observer.Warning($"{failed.Name}: {failed.Evidence} {failed.Remedy}");
        }

        return Count(results);
    }

    public async Task<string?> CompareAgentsAsync(CancellationToken cancellationToken)
    {
        var deployment = await site.RequireAsync(cancellationToken).ConfigureAwait(false);
        if (deployment.Server is null)
        {
            return "there is no Letta server";
        }

        run.Agents = await AgentReadBack.CompareAsync(deployment, cancellationToken).ConfigureAwait(false);
        return run.Agents.IsEqual ? run.Agents.ToString() : throw new LettaDrException(
            "AgentsDiffer", FaultKind.DataCorrupt, $"Letta's API at {deployment.Server} does not tell the agents that the database holds: {run.Agents}.",
            "See that the server uses this database (LETTA_PG_URI) and its schema (search_path).", deployment.Name);
    }

    private async Task<List<CheckResult>> ToListAsync(IAsyncEnumerable<CheckResult> results, CancellationToken cancellationToken)
    {
        var list = new List<CheckResult>();
        await foreach (var result in results.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            list.Add(result);
            run.Observer.Verbose($"{result.Name}: {result.Outcome}. {result.Evidence}");
        }

        run.Checks.AddRange(list);
        return list;
    }

    private static string Count(List<CheckResult> results) =>
        $"{results.Count(result => result.Outcome == Outcome.Passed)} passed, {results.Count(result => result.Outcome == Outcome.Failed)} failed, {results.Count(result => result.Outcome == Outcome.NotRun)} not run";
}
