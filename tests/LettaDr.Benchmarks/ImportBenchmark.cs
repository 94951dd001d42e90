namespace LettaDr.Benchmarks;

/// <summary>How long Import-Module takes in a process whose engine is up.</summary>
internal static class ImportBenchmark
{
    private const int Processes = 5;
    private const double Limit = 0.5;

    public static async Task RunAsync(Report report, CancellationToken cancellationToken)
    {
        var seconds = new List<double>();
        for (var i = 0; i < Processes; i++)
        {
            seconds.Add((await WorkerProcess.RunAsync(new WorkerRequest { Module = WorkerProcess.Module }, cancellationToken)).ImportSeconds);
        }

        report.Add(new Measurement { What = "Import-Module LettaDr", Seconds = seconds });
        report.Add(new Figure("Import-Module, median of 5", "seconds", seconds.Order().ElementAt(Processes / 2), Limit));
    }
}
