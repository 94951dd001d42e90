using System.Diagnostics;

namespace LettaDr;

/// <summary>Checks that every byte of a set is the one that was written.</summary>
internal sealed class BackupVerification(IBackupRepository repository, IOperationObserver observer)
{
    /// <summary>Always the same three checks: the manifest, the list of files, their content; of a physical copy also PostgreSQL's own manifest.</summary>
    public IReadOnlyList<CheckResult> Check(Backup backup, CancellationToken cancellationToken)
    {
        var results = CheckFiles(backup, cancellationToken);
        return backup.Manifest?.Cluster is null ? results : [.. results, CheckCluster(backup, results, cancellationToken)];
    }

    private IReadOnlyList<CheckResult> CheckFiles(Backup backup, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        if (PgBackRestCatalog.IsUnproven(backup))
        {
            const string None = "LettaDr has no set of this backup; pgBackRest alone keeps it.";
            return [.. new[] { "ManifestIntact", "FilesComplete", "FilesIntact" }.Select(name => Result(name, backup, Outcome.NotRun, None, clock))];
        }

        if (backup.Manifest is not { } manifest)
        {
            return
            [
                Result("ManifestIntact", backup, Outcome.Failed, backup.Problem!, clock),
                Result("FilesComplete", backup, Outcome.NotRun, "Without a manifest nobody knows which files there should be.", clock),
                Result("FilesIntact", backup, Outcome.NotRun, "Without a manifest nobody knows what the files should hold.", clock),
            ];
        }

        var manifestIntact = Result("ManifestIntact", backup, Outcome.Passed, $"Format {manifest.Format}, seal {manifest.Seal[..12]}.", clock);
        var present = repository.SizesOf(backup).Keys.ToList();
        var missing = manifest.Files.Select(file => file.Name).Except(present, StringComparer.Ordinal).ToList();
        var strange = present.Except(manifest.Files.Select(file => file.Name), StringComparer.Ordinal)
            .Where(name => name != BackupManifest.FileName).ToList();
        var complete = missing.Count + strange.Count == 0
            ? Result("FilesComplete", backup, Outcome.Passed, $"{manifest.Files.Count} files.", clock)
            : Result("FilesComplete", backup, Outcome.Failed, Join(("missing", missing), ("not in the manifest", strange)), clock);
        return [manifestIntact, complete, CheckContent(backup, manifest, missing, cancellationToken)];
    }

    private CheckResult CheckContent(
        Backup backup, BackupManifest manifest, IReadOnlyList<string> missing, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var meter = new ProgressMeter(observer, $"Verifying {backup.Id}");
        meter.Stage("Reading every file", manifest.Size);
        var problems = new List<string>();
        var buffer = new byte[1 << 20];
        foreach (var file in manifest.Files.Where(file => !missing.Contains(file.Name)))
        {
            try
            {
                using var stored = repository.OpenStored(backup, file);
                int length;
                while ((length = stored.Read(buffer)) > 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    meter.Add(length);
                }
            }
            catch (LettaDrException damaged) when (damaged.Kind == FaultKind.DataCorrupt)
            {
                problems.Add(damaged.Message);
            }
        }

        return problems.Count == 0 && missing.Count == 0
            ? Result("FilesIntact", backup, Outcome.Passed, $"{ByteSize.Format(manifest.Size)} read, every SHA-256 as in the manifest.", clock)
            : Result("FilesIntact", backup, Outcome.Failed, problems.Count == 0 ? "Files are missing." : string.Join(" ", problems), clock);
    }

    private CheckResult CheckCluster(Backup backup, IReadOnlyList<CheckResult> files, CancellationToken cancellationToken)
    {
        const string Name = "ClusterVerifies";
        var clock = Stopwatch.StartNew();
        if (files.Any(file => file.Outcome != Outcome.Passed))
        {
            return Result(Name, backup, Outcome.NotRun, "The set's files are not those that were written.", clock);
        }

        try
        {
            return Result(Name, backup, Outcome.Passed, new ClusterVerification(repository, backup, observer).Check(cancellationToken), clock);
        }
        catch (LettaDrException damaged) when (damaged.Kind == FaultKind.DataCorrupt)
        {
            return Result(Name, backup, Outcome.Failed, damaged.Message, clock);
        }
    }

    private static string Join(params (string What, IReadOnlyList<string> Names)[] lists) =>
        string.Join("; ", lists.Where(list => list.Names.Count > 0).Select(list => $"{list.What}: {string.Join(", ", list.Names)}")) + ".";

    private static CheckResult Result(string name, Backup backup, Outcome outcome, string evidence, Stopwatch clock) => new()
    {
        Name = name,
        Target = backup.Id,
        Outcome = outcome,
        Evidence = evidence,
        Remedy = outcome == Outcome.Passed ? null : "Do not count on this set; make a new backup, and bring this one back from a copy if it is the only one.",
        Duration = clock.Elapsed,
    };
}
