using System.Globalization;

namespace LettaDr.Benchmarks;

/// <summary>Whether memory stays the same however large the database is.</summary>
internal sealed class MemoryBenchmark(Report report)
{
    // The same, give or take what a garbage collector that is not pressed leaves lying about.
    private const double GrowthLimit = 1.15;

    /// <summary>Backs up and restores once.</summary>
    public static async Task<PeakMemory> MeasureAsync(BenchmarkDatabase database, string repository, CancellationToken cancellationToken)
    {
        var contest = new DatabaseContest(database, repository);
        var backup = await contest.BackUpAsync(cancellationToken);
        var restore = await contest.RestoreAsync(cancellationToken);
        return new PeakMemory(database.Bytes, backup.PeakBytes, restore.PeakBytes);
    }

    /// <summary>Compares two sizes.</summary>
    public void Compare(PeakMemory small, PeakMemory large)
    {
        var times = ((double)large.DatabaseBytes / small.DatabaseBytes).ToString("0.0", CultureInfo.InvariantCulture);
        var sizes = $"{Report.Megabytes(small.DatabaseBytes)} to {Report.Megabytes(large.DatabaseBytes)}";
        report.Note($"peak memory from {sizes}: backup {Report.Megabytes(small.Backup)} to {Report.Megabytes(large.Backup)}, "
            + $"restore {Report.Megabytes(small.Restore)} to {Report.Megabytes(large.Restore)}");
        report.Add(new Figure($"peak memory of backup at {times} times the size", "ratio", (double)large.Backup / small.Backup, GrowthLimit));
        report.Add(new Figure($"peak memory of restore at {times} times the size", "ratio", (double)large.Restore / small.Restore, GrowthLimit));
    }
}
