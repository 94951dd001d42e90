namespace LettaDr;

/// <summary>How a recovery test looks at what it acts on.</summary>
internal static class DrTestVerification
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits until every check passes.</summary>
    /// <exception cref="LettaDrException">One still fails when the time is up.</exception>
    public static async Task<string> WaitUntilHealthyAsync(IDrTestSite site, TimeSpan patience, CancellationToken cancellationToken)
    {
        var deadline = DateTimeOffset.UtcNow + patience;
        while (true)
        {
            var passed = 0;
            CheckResult? failed = null;
            await foreach (var check in site.TestAsync(cancellationToken).ConfigureAwait(false))
            {
                passed += check.Outcome == Outcome.Passed ? 1 : 0;
                if (check.Outcome == Outcome.Failed)
                {
                    failed = check;
                    break;
                }
            }

            if (failed is null)
            {
                return $"{passed} checks passed.";
            }

            if (DateTimeOffset.UtcNow > deadline)
            {
                throw Failed($"It is not well after {DurationText.InWords(patience)}. {failed.Name}: {failed.Evidence}", failed.Remedy ?? "See Test-LettaDeployment.");
            }

            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The first check of Test-LettaDeployment that fails, or of those with a name; null when none does. Those after it are not waited for.</summary>
    public static async Task<CheckResult?> FirstFailedAsync(IDrTestSite site, CancellationToken cancellationToken, string? name = null)
    {
        await foreach (var check in site.TestAsync(cancellationToken).ConfigureAwait(false))
        {
            if (check.Outcome == Outcome.Failed && (name is null || check.Name == name))
            {
                return check;
            }
        }

        return null;
    }

    /// <summary>Reads every row and compares; what differs otherwise than in how the server prints it.</summary>
    public static async Task<IReadOnlyList<InventoryDifference>> CompareAsync(
        IDrTestCopy site, DatabaseInventory expected, CancellationToken cancellationToken)
    {
        var actual = await site.FingerprintAsync(expected, cancellationToken).ConfigureAwait(false);
        return [.. InventoryComparer.Compare(expected, actual, newOwner: null).Where(difference => !InventoryComparer.IsCosmetic(difference))];
    }

    /// <summary>As <see cref="CompareAsync"/>, where nothing may differ.</summary>
    /// <exception cref="LettaDrException">Something does.</exception>
    public static async Task<string> RequireIdenticalAsync(IDrTestCopy site, DatabaseInventory expected, CancellationToken cancellationToken)
    {
        var differences = await CompareAsync(site, expected, cancellationToken).ConfigureAwait(false);
        return differences.Count == 0
            ? $"{expected.Tables.Count} tables identical, {expected.Tables.Sum(table => table.Fingerprint?.Rows ?? 0)} rows."
            : throw Failed($"The database is not what it should be: {Tell(differences)}.", "Find out what lost or changed it before you rely on this recovery.");
    }

    /// <summary>The first few differences, in words.</summary>
    public static string Tell(IReadOnlyList<InventoryDifference> differences) =>
        string.Join(", ", differences.Take(3).Select(difference => difference.ToString())) + (differences.Count > 3 ? $" and {differences.Count - 3} more" : string.Empty);

    /// <summary>The checks of Test-LettaConsistency that fail, each with what it found.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> InconsistenciesAsync(IDrTestSite site, CancellationToken cancellationToken) =>
        (await site.TestConsistencyAsync(cancellationToken).ConfigureAwait(false)).Where(check => check.Outcome == Outcome.Failed)
            .ToDictionary(check => check.Name, check => check.Evidence);

    /// <summary>Sees that a recovery has made nothing inconsistent; what was so before is told, and not the recovery's.</summary>
    /// <exception cref="LettaDrException">It has.</exception>
    public static async Task<string> RequireNothingNewAsync(
        IDrTestSite site, IReadOnlyDictionary<string, string> before, CancellationToken cancellationToken)
    {
        var after = await InconsistenciesAsync(site, cancellationToken).ConfigureAwait(false);
        return after.FirstOrDefault(found => !before.ContainsKey(found.Key)) is { Key: not null } added
            ? throw Failed($"It was consistent before, and is not now. {added.Key}: {added.Value}", "Test-LettaConsistency tells more.")
            : $"Nothing is inconsistent that was not before{(after.Count == 0 ? string.Empty : $"; before, {string.Join(", ", after.Keys)} failed")}.";
    }

    /// <summary>What stops a test as failed.</summary>
    public static LettaDrException Failed(string what, string remedy) => new("RecoveryTestFailed", FaultKind.OperationFailed, what, remedy);
}
