using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace LettaDr.Benchmarks;

/// <summary>A physical copy beside PostgreSQL's own, and what an incremental one takes after a hundredth of the rows has changed.</summary>
internal sealed class ClusterBenchmark(BenchmarkOptions options, Report report)
{
    private const double CopyLimit = 1.15;
    private const double IncrementLimit = 0.2;
    private const string Theirs = "pg_basebackup -Ft -X stream --compress=client-zstd:1";
    private const string Command = "Backup-LettaDatabase";
    private const string Folder = "/tmp/benchmark.base";
    private static readonly string[] Proving = ["Find the log's position of a snapshot", "Fingerprint every table"];

    public async Task RunAsync(BenchmarkDatabase database, string repository, CancellationToken cancellationToken)
    {
        await database.ExecuteAsync("ALTER SYSTEM SET summarize_wal = on", cancellationToken);
        await database.ExecuteAsync("SELECT pg_reload_conf()", cancellationToken);
        var (theirs, ours) = (new List<double>(), new List<WorkerResult>());
        long size = 0;
        for (var round = 1; round <= options.Rounds; round++)
        {
            theirs.Add(await TimeAsync(database, cancellationToken));
            size = await database.SizeOfAsync(Folder, cancellationToken);
            await database.RunAsync(["rm", "-rf", Folder], cancellationToken);
            ours.Add(await CopyAsync(database, repository, "Base", cancellationToken));
        }

        // Every hundredth row, wherever it lies: the pages that change are many more than a hundredth.
        await database.RunAsync(
            ["psql", "-X", "-q", "-U", "letta", "-d", "letta", "-c", "UPDATE messages SET updated_at = now() WHERE abs(hashtext(id)) % 100 = 0"], cancellationToken);
        var increment = await CopyAsync(database, repository, "Incremental", cancellationToken);

        var reference = new Measurement { What = Theirs, Seconds = theirs, Size = size };
        var whole = Ours("Backup-LettaDatabase -Type Base", ours, run => run.Seconds[0], reference);
        var copy = Ours("  the same without fingerprints", ours, run => run.Seconds[0] - Proving.Sum(step => run.Steps.GetValueOrDefault(step)), reference);
        var small = Ours("Backup-LettaDatabase -Type Incremental", [increment], run => run.Seconds[0], reference);
        foreach (var measured in new[] { reference, whole, copy, small })
        {
            report.Add(measured);
        }

        report.Note("base, best round: " + string.Join(
            "; ", ours.MinBy(run => run.Seconds[0])!.Steps.Select(step => string.Create(CultureInfo.InvariantCulture, $"{step.Key} {step.Value:0.0} s"))));
        report.Add(new Figure("base backup vs pg_basebackup, without fingerprints", "ratio", copy.Ratio, CopyLimit));
        report.Add(new Figure("size of an incremental set after 1 % vs a full one", "ratio", (double)small.Size!.Value / whole.Size!.Value, IncrementLimit));
    }

    private static Measurement Ours(string what, IReadOnlyList<WorkerResult> runs, Func<WorkerResult, double> seconds, Measurement comparedWith) => new()
    {
        What = what,
        Seconds = [.. runs.Select(seconds)],
        Size = long.Parse(runs[0].Properties["Size"], CultureInfo.InvariantCulture),
        PeakBytes = runs.Max(run => run.PeakBytes),
        ComparedWith = comparedWith,
    };

    private static async Task<double> TimeAsync(BenchmarkDatabase database, CancellationToken cancellationToken)
    {
        await database.SettleAsync(cancellationToken);
        var clock = Stopwatch.StartNew();
        await database.RunAsync(
            ["pg_basebackup", "-U", "letta", "-h", "127.0.0.1", "-Ft", "-X", "stream", "--compress=client-zstd:1", "--checkpoint=fast", "-D", Folder],
            cancellationToken);
        Report.Tell(string.Create(CultureInfo.InvariantCulture, $"pg_basebackup: {clock.Elapsed.TotalSeconds:0.00} s"));
        return clock.Elapsed.TotalSeconds;
    }

    private static async Task<WorkerResult> CopyAsync(BenchmarkDatabase database, string repository, string type, CancellationToken cancellationToken)
    {
        await database.SettleAsync(cancellationToken);
        var result = await WorkerProcess.RunAsync(
            new WorkerRequest
            {
                Module = WorkerProcess.Module,
                Command = Command,
                Parameters = new Dictionary<string, string> { ["Deployment"] = database.Container, ["Repository"] = repository, ["Type"] = type },
                Properties = ["Id", "Size", "Rows"],
            },
            cancellationToken);
        Report.Tell(string.Create(
            CultureInfo.InvariantCulture, $"{Command} -Type {type}: {result.Seconds[0]:0.00} s, {Report.Megabytes(result.PeakBytes)}"));
        return result with { Steps = StepsOf(repository, result.Properties["Id"]) };
    }

    private static Dictionary<string, double> StepsOf(string repository, string id)
    {
        var path = Directory.EnumerateFiles(repository, $"{id}*.json", SearchOption.AllDirectories).Single(path => path.Contains("operations", StringComparison.Ordinal));
        var journal = JsonSerializer.Deserialize(File.ReadAllBytes(path), LettaDrJson.Default.OperationJournal)!;
        return journal.Steps.ToDictionary(step => step.Name, step => step.Duration?.TotalSeconds ?? 0);
    }
}
