using System.Diagnostics;

namespace LettaDr;

/// <summary>
/// The runbook on database corruption. Nothing is replaced unless tables are damaged. After a crash the same command goes on:
/// each step can be taken again, and a restore that had begun is ended whatever the assessment then says.
/// </summary>
internal sealed class DatabaseCorruptionRunbook(
    RunbookRequest request, IDatabaseCorruptionSite site, IOperationObserver observer, params IJournalStore[] journals)
{
    /// <summary>The kind of its journals.</summary>
    public const string Kind = "Runbook";

    // What is wrong again right after a restore is wrong below the database.
    private static readonly string[] PageChecks = ["PageChecksums", "BTreesSound", "IndexesValid"];
    private static readonly TimeSpan ResumeLimit = TimeSpan.FromHours(24);

    private readonly List<RunbookStepResult> _steps = [];
    private readonly OperationRecorder _recorder = new(request.OperationId, Kind, request.Deployment, request.Backup?.Id, observer, journals);

    /// <exception cref="LettaDrException">A step failed; the deployment stays in maintenance, and the journal has the steps.</exception>
    public Task<RunbookResult> RunAsync(CancellationToken cancellationToken)
    {
        var interrupted = FindInterrupted();
        return _recorder.RunAsync(() => RunAsync(interrupted, cancellationToken));
    }

    private async Task<RunbookResult> RunAsync((Backup Backup, DateTimeOffset At)? interrupted, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var stopped = DateTimeOffset.UtcNow;
        await StepAsync(RunbookStepKind.StopWriters, async () =>
        {
            var state = await site.StopWritersAsync(cancellationToken).ConfigureAwait(false);
            stopped = state?.Since ?? stopped;
            return (Outcome.Passed, Stopped(state), state);
        }).ConfigureAwait(false);
        if (interrupted is { } begun && stopped > begun.At)
        {
            // The deployment has been in use since: what was to be restored then is not what is wanted now.
            interrupted = null;
        }

        var assessment = await StepAsync(RunbookStepKind.Assess, async () =>
        {
            var found = await site.AssessAsync(cancellationToken).ConfigureAwait(false);
            return (found.Verdict == DamageVerdict.NothingFound ? Outcome.Passed : Outcome.Failed, found.Evidence, found);
        }).ConfigureAwait(false);
        if (assessment.Verdict != DamageVerdict.TablesDamaged && !request.Force && interrupted is null)
        {
            return await WithoutRestoreAsync(assessment, clock, cancellationToken).ConfigureAwait(false);
        }

        await StepAsync(RunbookStepKind.KeepEvidence, () => Task.FromResult((
            Outcome.Passed,
            $"{request.Database} is set aside as {request.Database}__before_… on the same server when the restored one takes its place; it is not dropped. Copy the data directory too, if the disk may fail.",
            (object?)null))).ConfigureAwait(false);
        var backup = await StepAsync(RunbookStepKind.ChooseSet, () => ChooseAsync(interrupted?.Backup, stopped, cancellationToken)).ConfigureAwait(false);
        var restored = await StepAsync(RunbookStepKind.Restore, async () =>
        {
            var result = await site.RestoreAsync(backup, cancellationToken).ConfigureAwait(false);
            return (Outcome.Passed, Restored(result), result);
        }).ConfigureAwait(false);
        await StepAsync(RunbookStepKind.Validate, () => ValidateAsync(backup, cancellationToken)).ConfigureAwait(false);
        await BringBackAsync(cancellationToken).ConfigureAwait(false);
        return Result(assessment, clock) with
        {
            BackupId = backup.Id, PreviousDatabase = restored.Database?.PreviousDatabase, DataLoss = Loss(backup, stopped), BroughtBack = true,
        };
    }

    private async Task<RunbookResult> WithoutRestoreAsync(DamageAssessment assessment, Stopwatch clock, CancellationToken cancellationToken)
    {
        var sound = assessment.Verdict == DamageVerdict.NothingFound;
        string? remedy = assessment.Verdict switch
        {
            DamageVerdict.IndexesOnly =>
                "No restore is needed: REINDEX what is named (vector indexes: Repair-LettaVectorIndex), then SELECT pg_stat_reset() and run this again, which brings the services back. The server stays stopped until then; Enter-LettaMaintenance -AllowConnections opens the database for the repair.",
            DamageVerdict.NotAssessed =>
                "Make the assessment possible, and run this again; -Force restores without it. The deployment stays in maintenance.",
            _ => null,
        };
        var why = sound ? "No damage was found: nothing is replaced." : assessment.Verdict == DamageVerdict.IndexesOnly
            ? "Only indexes are damaged: nothing is replaced." : "The damage is not known: nothing is replaced.";
        foreach (var step in new[] { RunbookStepKind.KeepEvidence, RunbookStepKind.ChooseSet, RunbookStepKind.Restore, RunbookStepKind.Validate })
        {
            _steps.Add(new RunbookStepResult(step, Outcome.NotRun, why + (sound ? " -Force restores all the same." : string.Empty), TimeSpan.Zero));
        }

        if (sound)
        {
            await BringBackAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            _steps.Add(new RunbookStepResult(RunbookStepKind.BringBack, Outcome.NotRun, "The server stays stopped: what it writes now may be lost or wrong.", TimeSpan.Zero));
            observer.Warning($"{assessment.Evidence} {remedy}");
        }

        return Result(assessment, clock) with { BroughtBack = sound, Remedy = remedy };
    }

    private async Task<(Outcome, string, Backup)> ChooseAsync(Backup? interrupted, DateTimeOffset stopped, CancellationToken cancellationToken)
    {
        var named = request.Backup ?? interrupted;
        var (backup, how) = named is not null
            ? (named, request.Backup is not null ? "named" : "its restore was interrupted")
            : request.Sets.FirstOrDefault(set => set.ProvenAt is not null) is { } proven
                ? (proven, $"the newest proven, {proven.ProvenAt:u}")
                : ((await SetChoice.ProveAsync(request, site, observer, cancellationToken).ConfigureAwait(false)).Backup, "proven now");
        if (request.Backup is { ProvenAt: null })
        {
            observer.Warning($"{backup.Id} was named, and no restore has proven it yet.");
        }

        return (Outcome.Passed,
            $"{backup.Id} ({how}). What was written after {backup.SnapshotTime:u} is lost: {RunbookDescription.Age(Loss(backup, stopped))} until the writers were stopped.{SetChoice.Newer(request, backup)}",
            backup);
    }

    private async Task<(Outcome, string, IReadOnlyList<CheckResult>)> ValidateAsync(Backup backup, CancellationToken cancellationToken)
    {
        var results = await site.ValidateAsync(backup, cancellationToken).ConfigureAwait(false);
        var failed = results.Where(result => result.Outcome == Outcome.Failed).ToList();
        if (failed.Find(result => PageChecks.Contains(result.Name)) is { } damaged)
        {
            throw new LettaDrException(
                "RestoredDatabaseDamaged", FaultKind.DataCorrupt, $"The database that was just restored is damaged again. {damaged.Name}: {damaged.Evidence}",
                "The disk or the machine is at fault: restore on another (Restore-LettaSystem). The deployment stays in maintenance.", request.Deployment);
        }

        // The set may have held it already: it is told, and no reason to keep the system down.
        failed.ForEach(result => observer.Warning($"{result.Name}: {result.Evidence} {result.Remedy}"));
        return (failed.Count == 0 ? Outcome.Passed : Outcome.Failed, Count(results), results);
    }

    private Task<BroughtBack> BringBackAsync(CancellationToken cancellationToken) => StepAsync(RunbookStepKind.BringBack, async () =>
    {
        var back = await site.BringBackAsync(cancellationToken).ConfigureAwait(false);
        return (Outcome.Passed, $"{string.Join(", ", back.Services)}; {Count(back.Checks)}; {back.Agents?.ToString() ?? "there is no Letta server to read agents from"}", back);
    });

    private async Task<T> StepAsync<T>(RunbookStepKind kind, Func<Task<(Outcome Outcome, string Evidence, T Result)>> work)
    {
        var clock = Stopwatch.StartNew();
        T result = default!;
        await _recorder.StepAsync(kind.ToString(), async () =>
        {
            (var outcome, var evidence, result) = await work().ConfigureAwait(false);
            _steps.Add(new RunbookStepResult(kind, outcome, evidence, clock.Elapsed, result));
            return evidence;
        }).ConfigureAwait(false);
        return result;
    }

    /// <summary>The set of a restore that an earlier run of this runbook began and did not end.</summary>
    private (Backup Backup, DateTimeOffset At)? FindInterrupted()
    {
        var newest = Newest(Kind);
        if (newest is not { Outcome: not Outcome.Passed } || DateTimeOffset.UtcNow - newest.StartedAt > ResumeLimit
            || newest.Steps.LastOrDefault(step => step.Name == nameof(RunbookStepKind.Restore)) is not { Outcome: not Outcome.Passed }
            || Newest(SystemRestore.Kind) is not { Outcome: not Outcome.Passed } restore || restore.StartedAt < newest.StartedAt)
        {
            return null;
        }

        var backup = request.Sets.FirstOrDefault(set => set.Id == restore.BackupId);
        if (backup is not null)
        {
            observer.Warning($"Resuming {newest.Id}, which {(newest.Outcome is null ? "died" : "failed")} in its restore of {backup.Id}.");
        }

        return backup is null ? null : (backup, newest.Steps.Last(step => step.Name == nameof(RunbookStepKind.Restore)).StartedAt);
    }

    private OperationJournal? Newest(string kind) =>
        journals.SelectMany(journal => journal.Find(kind, request.Deployment)).MaxBy(journal => journal.Id, StringComparer.Ordinal);

    private RunbookResult Result(DamageAssessment assessment, Stopwatch clock) => new()
    {
        Name = RunbookName.DatabaseCorruption, Deployment = request.Deployment, Verdict = assessment.Verdict, BroughtBack = false, Steps = _steps, Duration = clock.Elapsed,
    };

    /// <summary>A set that was made in maintenance lacks nothing.</summary>
    private static TimeSpan Loss(Backup backup, DateTimeOffset stopped) => stopped > backup.SnapshotTime ? stopped - backup.SnapshotTime : TimeSpan.Zero;

    private static string Stopped(MaintenanceState? state) => state is null
        ? "The database's server does not run: nobody writes to it."
        : string.Join(" ", new[]
        {
            $"stopped {string.Join(", ", state.Containers.DefaultIfEmpty("no container"))}; connections {(state.DatabaseClosed == true ? "refused" : "not refused")}, {state.SessionsEnded} sessions ended, {state.Sessions.Count} still connected.",
        }.Concat(state.Sessions.Select(session => $"{session}.")).Concat(state.Remaining));

    private static string Restored(SystemRestoreResult result) => result.Database is { } database
        ? $"{database.TablesIdentical} of {database.Tables} tables identical, {database.Rows} rows; the damaged database is {database.PreviousDatabase ?? "not there any more"}"
        : $"{result.BackupId} is live; {result.ResumedOperation} had restored it";

    private static string Count(IReadOnlyList<CheckResult> results) =>
        $"{results.Count(result => result.Outcome == Outcome.Passed)} passed, {results.Count(result => result.Outcome == Outcome.Failed)} failed, {results.Count(result => result.Outcome == Outcome.NotRun)} not run";
}
