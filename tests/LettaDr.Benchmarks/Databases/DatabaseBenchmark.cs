using System.Globalization;

namespace LettaDr.Benchmarks;

/// <summary>Backup and restore beside pg_dump and pg_restore, in rounds in which each contender has its turn.</summary>
internal sealed class DatabaseBenchmark(BenchmarkOptions options, Report report)
{
    private const double DirectoryDumpLimit = 0.55;
    private const double CustomDumpLimit = 0.15;
    private const double RestoreLimit = 1.0;
    private const double SizeLimit = 1.0;
    private const double MemoryLimit = 250;

    private readonly List<(double Seconds, long Size)> _custom = [];
    private readonly List<(double Seconds, long Size)> _directory = [];
    private readonly List<double> _restores = [];
    private readonly List<WorkerResult> _ourBackups = [];
    private readonly List<WorkerResult> _ourRestores = [];

    /// <summary>Runs all rounds on one database.</summary>
    /// <returns>The peak memory of our backup and of our restore in bytes.</returns>
    public async Task<PeakMemory> RunAsync(BenchmarkDatabase database, string repository, CancellationToken cancellationToken)
    {
        var contest = new DatabaseContest(database, repository);
        var rounds = options.Measures("backup") || options.Measures("restore") ? options.Rounds : 1;
        for (var round = 1; round <= rounds; round++)
        {
            Report.Tell(string.Create(CultureInfo.InvariantCulture, $"round {round} of {rounds}"));
            await RoundAsync(contest, cancellationToken);
        }

        var peak = new PeakMemory(database.Bytes, _ourBackups.Max(run => run.PeakBytes), _ourRestores.Max(run => run.PeakBytes));
        if (options.Measures("backup"))
        {
            ReportBackup();
        }

        if (options.Measures("restore"))
        {
            ReportRestore();
        }

        report.Add(new Figure("peak memory of backup", "MB", peak.Backup / 1e6, MemoryLimit));
        report.Add(new Figure("peak memory of restore", "MB", peak.Restore / 1e6, MemoryLimit));
        return peak;
    }

    private async Task RoundAsync(DatabaseContest contest, CancellationToken cancellationToken)
    {
        if (options.Measures("backup"))
        {
            _custom.Add(await contest.DumpCustomAsync(cancellationToken));
        }

        if (options.Measures("backup") || options.Measures("restore"))
        {
            _directory.Add(await contest.DumpDirectoryAsync(cancellationToken));
        }

        _ourBackups.Add(await contest.BackUpAsync(cancellationToken));
        if (options.Measures("restore"))
        {
            _restores.Add(await contest.RestoreDirectoryAsync(cancellationToken));
        }

        _ourRestores.Add(await contest.RestoreAsync(cancellationToken));
    }

    private void ReportBackup()
    {
        var custom = new Measurement
        {
            What = DatabaseContest.CustomName, Seconds = [.. _custom.Select(run => run.Seconds)], Size = _custom[0].Size,
        };
        var directory = new Measurement
        {
            What = DatabaseContest.DirectoryName, Seconds = [.. _directory.Select(run => run.Seconds)], Size = _directory[0].Size,
        };
        var ours = Ours(DatabaseContest.OurBackupName, _ourBackups, directory) with
        {
            Size = long.Parse(_ourBackups[0].Properties["Size"], CultureInfo.InvariantCulture),
        };
        report.Add(custom with { ComparedWith = directory });
        report.Add(directory);
        report.Add(ours);
        report.Add(new Figure("backup vs pg_dump -Fd -j2 zstd:3", "ratio", ours.Ratio, DirectoryDumpLimit));
        report.Add(new Figure("backup vs pg_dump -Fc", "ratio", ours.Best / custom.Best, CustomDumpLimit));
        report.Add(new Figure("set size vs pg_dump -Fd zstd:3", "ratio", (double)ours.Size!.Value / directory.Size!.Value, SizeLimit));
    }

    private void ReportRestore()
    {
        var theirs = new Measurement { What = DatabaseContest.RestoreName, Seconds = _restores };
        var ours = Ours(DatabaseContest.OurRestoreName, _ourRestores, theirs);
        report.Add(theirs);
        report.Add(ours);
        report.Add(new Figure("restore with verification vs pg_restore -j2", "ratio", ours.Ratio, RestoreLimit));
        var steps = _ourRestores.MinBy(run => run.Seconds[0])!.Steps
            .Select(step => string.Create(CultureInfo.InvariantCulture, $"{step.Key} {step.Value:0.0} s"));
        report.Note($"{DatabaseContest.OurRestoreName}, best round: {string.Join("; ", steps)}");
    }

    private static Measurement Ours(string what, IReadOnlyList<WorkerResult> runs, Measurement comparedWith) => new()
    {
        What = what,
        Seconds = [.. runs.Select(run => run.Seconds[0])],
        PeakBytes = runs.Max(run => run.PeakBytes),
        ComparedWith = comparedWith,
    };
}
