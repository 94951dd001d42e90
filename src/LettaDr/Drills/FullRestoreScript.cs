using System.Diagnostics;

namespace LettaDr;

/// <summary>Everything is lost, restored from the set, and compared with it row by row.</summary>
internal sealed class FullRestoreScript : DrTestScript
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Objectives =>
    [
        "Everything that the set holds comes back on empty services: database, cache, and a Letta server that answers with the same agents.",
        "The time that it takes is within the objectives.",
        "A restored database that differs from the set in a single row is found out.",
        "It covers database, cache and server on this machine; it leaves out Compose files, other services, DNS and the people who would be called.",
    ];

    /// <inheritdoc/>
    public override string Breaks => "removes every container and every volume, and restores them from the set";

    /// <inheritdoc/>
    public override string WhyOnlyOnCopy => "It removes all containers and volumes. Restore-LettaSystem on another machine proves the same on real files.";

    /// <inheritdoc/>
    public override bool NeedsWholeCopy => false;

    /// <inheritdoc/>
    public override async Task RunAsync(IDrTestSite site, DrTestRecorder recorder, CancellationToken cancellationToken)
    {
        var copy = (IDrTestCopy)site;
        await recorder.StepAsync("Lose everything", async () =>
        {
            await copy.LoseAsync(cancellationToken).ConfigureAwait(false);
            return "No container, volume or network of it is left.";
        }).ConfigureAwait(false);

        var clock = Stopwatch.StartNew();
        await recorder.StepAsync("Make empty services", async () =>
        {
            await copy.MakeEmptyAsync(cancellationToken).ConfigureAwait(false);
            return "Database and cache answer, and hold nothing.";
        }).ConfigureAwait(false);
        var restore = Stopwatch.StartNew();
        SystemRestoreResult? result = null;
        await recorder.StepAsync("Restore the system", async () =>
        {
            result = await copy.RestoreAsync(cancellationToken).ConfigureAwait(false);
            return Describe(result);
        }).ConfigureAwait(false);

        // Empty services have to be there before any part is restored: each part's time begins with theirs.
        var services = clock.Elapsed - restore.Elapsed;
        foreach (var (component, actual) in Times(result!))
        {
            recorder.Measure(component, RecoveryObjectiveKind.RTO, services + actual);
        }

        recorder.Measure(RecoveryComponent.System, RecoveryObjectiveKind.RTO, clock.Elapsed);
        foreach (var failed in result!.Checks.Where(check => check.Outcome == Outcome.Failed))
        {
            recorder.Issue($"{failed.Name}: {failed.Evidence}", null);
            recorder.Recommend(failed.Remedy ?? "See Test-LettaConsistency.");
        }

        await recorder.StepAsync(
            "Compare with the set", () => DrTestVerification.RequireIdenticalAsync(copy, copy.Expected, cancellationToken)).ConfigureAwait(false);
        await PlantAsync(copy, recorder, cancellationToken).ConfigureAwait(false);
    }

    private static Task PlantAsync(IDrTestCopy copy, DrTestRecorder recorder, CancellationToken cancellationToken) =>
        recorder.StepAsync("Plant a fault and compare again", async () =>
        {
            var faults = PlantedFaults.In(copy.Expected);
            foreach (var fault in faults)
            {
                await copy.ExecuteAsync(fault.Sql, cancellationToken).ConfigureAwait(false);
            }

            var found = (await DrTestVerification.CompareAsync(copy, copy.Expected, cancellationToken).ConfigureAwait(false))
                .Where(difference => difference.Kind == "rows").Select(difference => difference.Identity).ToHashSet(StringComparer.Ordinal);
            foreach (var fault in faults)
            {
                recorder.Plant(fault.Description, found.Contains(fault.Table));
            }

            return string.Join(" ", faults.Select(fault => $"{fault.Description} {(found.Contains(fault.Table) ? "It was found." : "It was not found.")}"));
        });

    private static IEnumerable<(RecoveryComponent Component, TimeSpan Actual)> Times(SystemRestoreResult result) =>
        from time in result.RecoveryTimes
        where Enum.TryParse<RecoveryComponent>(time.Component, out var component) && component != RecoveryComponent.System
        select (Enum.Parse<RecoveryComponent>(time.Component), time.Actual);

    private static string Describe(SystemRestoreResult result) =>
        $"Set {result.BackupId} of {result.SnapshotTime:u}: {result.Database?.TablesIdentical} of {result.Database?.Tables} tables identical, {result.Database?.Rows} rows; "
        + $"{result.Checks.Count(check => check.Outcome == Outcome.Passed)} checks passed, {result.Checks.Count(check => check.Outcome == Outcome.Failed)} failed; {result.Agents?.ToString() ?? "no server"}.";
}
