using System.Diagnostics;

namespace LettaDr;

/// <summary>Proves a set by restoring it on a throw-away server and comparing every row.</summary>
internal sealed class BackupProving(IBackupRepository repository, IOperationObserver observer, IJournalStore localJournals)
{
    public const string CheckName = "RestoredIdentical";

    /// <summary>Restores, compares, drops. A set that does not restore is a failed check with the engine's words, not an error.</summary>
    public async Task<CheckResult> CheckAsync(
        Backup backup, int jobs, Func<Task<IScratchServer>> startServer, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        Outcome outcome;
        string evidence;
        await using (var server = await startServer().ConfigureAwait(false))
        {
            try
            {
                var restored = await RestoreAsync(backup, jobs, server, cancellationToken).ConfigureAwait(false);
                outcome = Outcome.Passed;
                evidence = $"{restored.TablesIdentical} of {restored.Tables} tables identical, {restored.Rows} rows, {restored.Objects} objects, restored on {backup.Manifest!.Database!.Image ?? "a scratch server"}.";
            }
            catch (LettaDrException failure)
            {
                outcome = Outcome.Failed;
                evidence = failure.Message;
            }
        }

        if (backup.Manifest is { } manifest)
        {
            repository.SaveProof(backup, new BackupProof
            {
                BackupId = backup.Id, ManifestSeal = manifest.Seal, TestedAt = DateTimeOffset.UtcNow, Outcome = outcome,
                Evidence = evidence, Duration = clock.Elapsed,
            });
        }

        return new CheckResult
        {
            Name = CheckName,
            Target = backup.Id,
            Outcome = outcome,
            Evidence = evidence,
            Remedy = outcome == Outcome.Passed ? null : "Do not count on this set: make a new backup now and prove it.",
            Duration = clock.Elapsed,
        };
    }

    /// <summary>The same check, not made.</summary>
    public static CheckResult NotRun(Backup backup, string why) => new()
    {
        Name = CheckName, Target = backup.Id, Outcome = Outcome.NotRun, Evidence = why,
        Remedy = "Run Test-LettaBackup -Level Restore on an intact set.",
    };

    private async Task<RestoreResult> RestoreAsync(Backup backup, int jobs, IScratchServer server, CancellationToken cancellationToken)
    {
        await using var target = server.OpenTarget();
        var restore = new DatabaseRestore(repository, target, observer, localJournals, "RestoreTest");
        return await restore.RunAsync(
            new RestoreRequest
            {
                Deployment = server.Deployment, Backup = backup, TargetDatabase = server.Deployment.Database.Database, Jobs = jobs,
                CreateMissingRoles = true, AllowOtherCluster = true,
            },
            OperationId.Next(), cancellationToken).ConfigureAwait(false);
    }
}
