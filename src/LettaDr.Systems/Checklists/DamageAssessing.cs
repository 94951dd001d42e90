namespace LettaDr.Systems;

/// <summary>Looks for damage in a database: by its server, or in its files where the server does not run.</summary>
internal static class DamageAssessing
{
    public static Task<DamageAssessment> RunAsync(LettaDeployment deployment, IOperationObserver observer, CancellationToken cancellationToken) =>
        OfflineChecksums.Apply(deployment.Database)
            ? OfflineAsync(deployment.Database, cancellationToken)
            : OnlineAsync(deployment, observer, cancellationToken);

    private static async Task<DamageAssessment> OnlineAsync(LettaDeployment deployment, IOperationObserver observer, CancellationToken cancellationToken)
    {
        var tables = new TablesReadableCheck();
        // The server counts wrong pages as it reads them: asked last, it knows of those that the others met.
        IDatabaseCheck[] checks = [tables, new BTreesSoundCheck(), new ForeignKeysHoldCheck(), new PageChecksumsCheck()];
        var test = new ConsistencyTest(deployment.Name, [new DatabaseConsistency(deployment.Database, null, checks)]);
        var results = new List<CheckResult>();
        await foreach (var result in test.RunAsync([], observer, cancellationToken).ConfigureAwait(false))
        {
            observer.Verbose($"{result.Name}: {result.Outcome}. {result.Evidence}");
            results.Add(result);
        }

        return new DamageAssessment { Checks = results, Damaged = tables.Damaged };
    }

    private static async Task<DamageAssessment> OfflineAsync(DatabaseEndpoint endpoint, CancellationToken cancellationToken)
    {
        OfflineChecksums? found = null;
        var check = await Check.RunAsync(
            "PageChecksums", endpoint.ToString(),
            async () => PageChecksumsCheck.Offline(found = await OfflineChecksums.RunAsync(endpoint, cancellationToken).ConfigureAwait(false)),
            cancellationToken).ConfigureAwait(false);
        return new DamageAssessment { Checks = [check], Damaged = found?.Damaged ?? [] };
    }
}
