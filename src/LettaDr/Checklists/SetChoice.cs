namespace LettaDr;

/// <summary>Chooses the set that a runbook restores.</summary>
internal static class SetChoice
{
    /// <summary>The newest with a passed proof; else the newest, which is to be proven first; null when there is none.</summary>
    public static Backup? Candidate(RunbookRequest request) =>
        request.Backup ?? request.Sets.FirstOrDefault(set => set.ProvenAt is not null) ?? request.Sets.FirstOrDefault();

    /// <summary>What the choice passes over, in a sentence; empty when it is the newest.</summary>
    public static string Newer(RunbookRequest request, Backup chosen)
    {
        var newer = request.Sets.Count(set => set.SnapshotTime > chosen.SnapshotTime);
        return newer == 0 ? string.Empty : $" {newer} newer {(newer == 1 ? "set is" : "sets are")} not proven: Test-LettaBackup -Level Restore proves one, -Backup takes it.";
    }

    /// <summary>Proves sets, the newest first, until one is.</summary>
    /// <exception cref="LettaDrException">There is none that restores.</exception>
    public static async Task<(Backup Backup, CheckResult Proof)> ProveAsync(
        RunbookRequest request, IDatabaseCorruptionSite site, IOperationObserver observer, CancellationToken cancellationToken)
    {
        var refused = new List<string>();
        foreach (var set in request.Sets)
        {
            observer.Warning($"No set of {request.Deployment} is proven: {set.Id} is proven now by restoring it on a throw-away server.");
            var proof = await site.ProveAsync(set, cancellationToken).ConfigureAwait(false);
            if (proof.Outcome == Outcome.Passed)
            {
                return (set, proof);
            }

            refused.Add($"{set.Id}: {proof.Evidence}");
            observer.Warning($"{set.Id} is not proven: {proof.Evidence}");
        }

        throw new LettaDrException(
            "NoProvenBackup", FaultKind.NotFound,
            refused.Count == 0 ? $"The repository holds no complete set of {request.Deployment} with its database." : $"No set of {request.Deployment} restores. {string.Join(" ", refused)}",
            "Nothing was replaced. Name another repository or set, e.g. a copy kept elsewhere (-Backup takes one although it is not proven); the deployment stays in maintenance.",
            request.Deployment);
    }
}
