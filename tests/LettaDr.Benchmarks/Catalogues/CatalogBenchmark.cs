using System.Globalization;

namespace LettaDr.Benchmarks;

/// <summary>How long Get-LettaBackup takes over ten thousand sets, in a fresh process and again in the same.</summary>
internal static class CatalogBenchmark
{
    private const int Sets = 10_000;
    private const int Processes = 3;
    private const double Limit = 1.0;

    public static async Task RunAsync(string repository, Report report, CancellationToken cancellationToken)
    {
        Report.Tell(string.Create(CultureInfo.InvariantCulture, $"making {Sets} sets"));
        SetFabrication.Fill(repository, Sets);
        var first = new List<double>();
        var again = new List<double>();
        var peak = 0L;
        for (var i = 0; i < Processes; i++)
        {
            var result = await WorkerProcess.RunAsync(
                new WorkerRequest
                {
                    Module = WorkerProcess.Module,
                    Command = "Get-LettaBackup",
                    Parameters = new Dictionary<string, string> { ["Repository"] = repository },
                    Calls = 2,
                },
                cancellationToken);
            if (result.Count != Sets)
            {
                throw new BenchmarkException($"Get-LettaBackup listed {result.Count} sets of {Sets}.");
            }

            first.Add(result.Seconds[0]);
            again.Add(result.Seconds[1]);
            peak = Math.Max(peak, result.PeakBytes);
        }

        var cold = new Measurement { What = "Get-LettaBackup, 10,000 sets, fresh process", Seconds = first, PeakBytes = peak };
        report.Add(cold);
        report.Add(new Measurement { What = "Get-LettaBackup, 10,000 sets, again", Seconds = again, ComparedWith = cold });
        report.Add(new Figure("Get-LettaBackup over 10,000 sets, fresh process", "seconds", first.Min(), Limit));
        report.Add(new Figure("Get-LettaBackup over 10,000 sets, again", "seconds", again.Min(), Limit));
    }
}
