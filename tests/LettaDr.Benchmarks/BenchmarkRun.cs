using System.Globalization;
using System.Security.Cryptography;
using LettaDr.Systems;

namespace LettaDr.Benchmarks;

/// <summary>One run from an empty machine to the report.</summary>
internal sealed class BenchmarkRun(BenchmarkOptions options) : IDisposable
{
    private const double LargeFactor = 2.5;

    // Beside this program, which is on a disk; the folder for temporary files may be memory.
    private readonly string _folder = Path.Combine(AppContext.BaseDirectory, "work-" + RandomNumberGenerator.GetHexString(6, lowercase: true));
    private readonly Report _report = new();

    private bool NeedsDatabase => options.Measures("backup") || options.Measures("restore") || options.Measures("system") || options.Measures("memory")
        || options.Measures("base") || options.Measures("recovery");

    /// <summary>Measures what is asked for and prints it.</summary>
    /// <returns>Whether every figure meets its limit.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_folder);
        // What this user's own backups and recovery tests left is not measured, and nothing is added to it.
        Environment.SetEnvironmentVariable("XDG_STATE_HOME", Path.Combine(_folder, "state"));
        Report.Tell(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors, {Environment.OSVersion}, .NET {Environment.Version}"));
        var met = false;
        try
        {
            await MeasureAsync(cancellationToken);
        }
        finally
        {
            // Half an hour's figures are not lost by one that could not be taken.
            met = _report.Print(Console.Out);
        }

        return met;
    }

    public void Dispose()
    {
        if (options.Keep)
        {
            Report.Tell($"kept: {_folder}");
        }
        else if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        if (options.Measures("import"))
        {
            await ImportBenchmark.RunAsync(_report, cancellationToken);
        }

        if (NeedsDatabase)
        {
            await MeasureDatabasesAsync(cancellationToken);
        }

        if (options.Measures("archive"))
        {
            await using var database = await BenchmarkDatabase.CreateAsync(ArchiveBenchmark.Size, options.Keep, cancellationToken);
            await new ArchiveBenchmark(options, _report).RunAsync(database, Repository("archive"), cancellationToken);
        }

        if (options.Measures("catalog"))
        {
            await CatalogBenchmark.RunAsync(Path.Combine(_folder, "catalogue"), _report, cancellationToken);
        }

        if (options.Measures("report"))
        {
            await ReportBenchmark.RunAsync(Path.Combine(_folder, "evidence"), _report, cancellationToken);
        }
    }

    private async Task MeasureDatabasesAsync(CancellationToken cancellationToken)
    {
        PeakMemory? main = null;
        await using (var database = await BuildAsync(1, cancellationToken))
        {
            _report.Note($"database: {Report.Megabytes(database.Bytes)}, {options.Messages} messages, {options.Passages} passages");
            if (options.Measures("backup") || options.Measures("restore") || options.Measures("memory"))
            {
                main = await new DatabaseBenchmark(options, _report).RunAsync(database, Repository("main"), cancellationToken);
            }

            if (options.Measures("base"))
            {
                await new ClusterBenchmark(options, _report).RunAsync(database, Repository("base"), cancellationToken);
            }

            if (options.Measures("system"))
            {
                await new SystemBenchmark(options, _report).RunAsync(database, Repository("system"), cancellationToken);
            }

            if (options.Measures("recovery"))
            {
                // Last: the cluster goes on in another timeline after it.
                await new RecoveryBenchmark(options, _report).RunAsync(database, Repository("recovery"), cancellationToken);
            }
        }

        if (main is null || !options.Measures("memory"))
        {
            return;
        }

        var memory = new MemoryBenchmark(_report);
        memory.Compare(await MeasureMemoryAsync(0.25, "quarter", cancellationToken), main);
        if (options.LargeMemory)
        {
            memory.Compare(main, await MeasureMemoryAsync(LargeFactor, "large", cancellationToken));
        }
    }

    private async Task<PeakMemory> MeasureMemoryAsync(double factor, string name, CancellationToken cancellationToken)
    {
        await using var database = await BuildAsync(factor, cancellationToken);
        return await MemoryBenchmark.MeasureAsync(database, Repository(name), cancellationToken);
    }

    private Task<BenchmarkDatabase> BuildAsync(double factor, CancellationToken cancellationToken) => BenchmarkDatabase.CreateAsync(
        new LettaSeedSize { Messages = Math.Max(1, (int)(options.Messages * factor)), Passages = Math.Max(1, (int)(options.Passages * factor)) },
        options.Keep, cancellationToken);

    private string Repository(string name) => Path.Combine(_folder, name);
}
