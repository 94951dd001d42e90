using System.Diagnostics;

namespace LettaDr;

/// <summary>Tests a set: every byte, and where asked each part by using it; keeps the proof beside the set.</summary>
internal sealed class BackupTesting(IBackupRepository repository, IOperationObserver observer, IReadOnlyList<IBackupPartCheck> checks)
{
    private const string NotProven = "Do not count on this set: make a new backup now and prove it.";

    /// <summary>Always the same checks in the same order.</summary>
    /// <param name="backup">The set.</param>
    /// <param name="restore">Whether its parts are proven, and not only its bytes.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<BackupTestResult>> RunAsync(Backup backup, bool restore, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var results = new BackupVerification(repository, observer).Check(backup, cancellationToken)
            .Select(result => new BackupTestResult(result, Asked: !PgBackRestCatalog.IsUnproven(backup))).ToList();
        var intact = results.TrueForAll(one => !one.Asked || one.Result.Outcome == Outcome.Passed);
        var parts = new List<BackupTestResult>();
        foreach (var check in checks)
        {
            var why = !intact ? "A set that is not intact is not restored." : !restore && !check.ReadsOnly ? "Asked for with -Level Restore." : check.WhyNotAsked(backup);
            parts.Add(why is null
                ? new BackupTestResult(await MakeAsync(check, backup, cancellationToken).ConfigureAwait(false), Asked: true)
                : new BackupTestResult(NotRun(check, backup, why), Asked: restore && !intact));
        }

        if (restore && intact && results.Exists(one => one.Asked) && parts.Exists(one => one.Asked))
        {
            repository.SaveProof(backup, Proof(backup, [.. parts.Where(one => one.Asked).Select(one => one.Result)], clock.Elapsed));
        }

        return [.. results, .. parts];
    }

    private static async Task<CheckResult> MakeAsync(IBackupPartCheck check, Backup backup, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var (outcome, evidence, remedy) = (Outcome.Passed, string.Empty, (string?)null);
        try
        {
            evidence = await check.ProveAsync(backup, cancellationToken).ConfigureAwait(false);
        }
        catch (LettaDrException fault)
        {
            outcome = fault.Kind is FaultKind.NotInstalled or FaultKind.NotFound or FaultKind.Unreachable ? Outcome.NotRun : Outcome.Failed;
            evidence = fault.Message;
            remedy = fault.Kind is FaultKind.DataCorrupt or FaultKind.OperationFailed ? NotProven : fault.Remedy;
        }

        return new CheckResult
        {
            Name = check.Name, Target = backup.Id, Outcome = outcome, Evidence = evidence, Remedy = remedy, Duration = clock.Elapsed,
        };
    }

    private static CheckResult NotRun(IBackupPartCheck check, Backup backup, string why) => new()
    {
        Name = check.Name, Target = backup.Id, Outcome = Outcome.NotRun, Evidence = why,
        Remedy = "Run Test-LettaBackup -Level Restore on an intact set that has this part.",
    };

    /// <summary>Passed only where each part that the set has was proven; secrets too, where somebody gave the key to them.</summary>
    private static BackupProof Proof(Backup backup, List<CheckResult> results, TimeSpan duration) => new()
    {
        BackupId = backup.Id, ManifestSeal = backup.Manifest!.Seal, TestedAt = DateTimeOffset.UtcNow, Duration = duration,
        Outcome = results.Exists(result => result.Outcome == Outcome.Failed) ? Outcome.Failed
            : results.TrueForAll(result => result.Outcome == Outcome.Passed) ? Outcome.Passed : Outcome.NotRun,
        Evidence = string.Join(" ", results.Select(result => result.Evidence)),
        Proven = [.. results.Where(result => result.Outcome == Outcome.Passed).Select(result => result.Name)],
    };
}
