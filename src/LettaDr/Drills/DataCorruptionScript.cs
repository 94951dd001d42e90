using System.Diagnostics;

namespace LettaDr;

/// <summary>A table's file is damaged; the runbook on database corruption must find and repair it, and the result must be the set's.</summary>
internal sealed class DataCorruptionScript : DrTestScript
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Objectives =>
    [
        "One flipped byte in a table's file is found, and the table is named.",
        "The runbook DatabaseCorruption stops the writers, keeps the evidence, restores the newest proven set and brings all services back.",
        "What is live afterwards is the set's, row by row.",
        "It covers damage to the header of a page, which PostgreSQL always finds; damage inside a row shows only where its pages have checksums.",
        "It leaves out damage to the set itself, which Test-LettaBackup finds.",
    ];

    /// <inheritdoc/>
    public override string Breaks => "flips a byte in a file of a table";

    /// <inheritdoc/>
    public override string WhyOnlyOnCopy => "It damages data. Test-LettaConsistency looks for damage in the deployment itself.";

    /// <inheritdoc/>
    public override async Task RunAsync(IDrTestSite site, DrTestRecorder recorder, CancellationToken cancellationToken)
    {
        var copy = (IDrTestCopy)site;
        var table = copy.Expected.Tables.Where(candidate => candidate is { Plain: true, Heap: true, Fingerprint.Rows: > 0 })
            .OrderByDescending(candidate => candidate.Name == "messages").ThenByDescending(candidate => candidate.Fingerprint!.Value.Rows).FirstOrDefault()
            ?? throw DrTestVerification.Failed("The set holds no table with a row to damage.", "Make the test on a set with data.");
        await recorder.StepAsync("Damage a table", async () =>
        {
            await copy.DamageAsync(PostgresName.Of(table), cancellationToken).ConfigureAwait(false);
            return $"One byte of the first page of {table} was flipped while the database was stopped.";
        }).ConfigureAwait(false);

        var clock = Stopwatch.StartNew();
        RunbookResult? result = null;
        await recorder.StepAsync("Run the runbook DatabaseCorruption", async () =>
        {
            result = await copy.RunCorruptionRunbookAsync(cancellationToken).ConfigureAwait(false);
            return string.Join(" ", result.Steps.Select(step => $"{step.Step}: {step.Outcome}."));
        }).ConfigureAwait(false);
        var damaged = (result!.Steps.Select(step => step.Result).OfType<DamageAssessment>().FirstOrDefault()?.Damaged ?? []).Select(relation => relation.Name);
        recorder.Plant(
            $"A byte of {table} is flipped.", result.Verdict == DamageVerdict.TablesDamaged && damaged.Contains(table.ToString(), StringComparer.Ordinal));
        if (!result.BroughtBack || result.BackupId is null)
        {
            throw DrTestVerification.Failed(
                $"The runbook came to {result.Verdict}, and {(result.BackupId is null ? "replaced nothing" : "did not bring the services back")}.",
                result.Remedy ?? "See the runbook's steps.");
        }

        recorder.Measure(RecoveryComponent.Database, RecoveryObjectiveKind.RTO, clock.Elapsed);
        await recorder.StepAsync(
            "Compare with the set", () => DrTestVerification.RequireIdenticalAsync(copy, copy.Expected, cancellationToken)).ConfigureAwait(false);
    }
}
