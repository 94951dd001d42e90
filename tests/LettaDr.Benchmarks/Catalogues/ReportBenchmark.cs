using System.Globalization;
using LettaDr.Systems;

namespace LettaDr.Benchmarks;

/// <summary>How long a report of ten thousand sets and a thousand recovery tests takes, and how much memory, beside only listing them.</summary>
internal static class ReportBenchmark
{
    private const int Sets = 10_000;
    private const int Tests = 1_000;
    private const double SecondsLimit = 10;
    private const double MegabytesLimit = 400;

    public static async Task RunAsync(string repository, Report report, CancellationToken cancellationToken)
    {
        Report.Tell(string.Create(CultureInfo.InvariantCulture, $"making {Sets} sets and {Tests} recovery tests"));
        SetFabrication.Fill(repository, Sets);
        var store = new DirectoryRepository(repository).DrTests;
        for (var number = 0; number < Tests; number++)
        {
            store.Save(Describe(number));
        }

        var objects = $"$(Get-LettaBackup '{repository}'; Get-LettaDrTest -Repository '{repository}')";
        var listed = await RunAsync("listing both", $"{objects} | ForEach-Object {{ }}", null, report, cancellationToken);
        foreach (var extension in new[] { "html", "md", "json" })
        {
            var file = Path.Combine(repository, "report." + extension);
            var written = await RunAsync(
                "report as " + extension, $"{objects} | Export-LettaDrReport '{file}' -PassThru", (listed, file), report, cancellationToken);
            report.Add(new Figure($"Report of 11,000 objects as {extension}", "seconds", written.Best, SecondsLimit));
            report.Add(new Figure("Peak memory of it, engine included", "MB", written.PeakBytes!.Value / 1e6, MegabytesLimit));
        }
    }

    private static async Task<Measurement> RunAsync(
        string what, string script, (Measurement Listed, string File)? beside, Report report, CancellationToken cancellationToken)
    {
        var result = await WorkerProcess.RunAsync(
            new WorkerRequest { Module = WorkerProcess.Module, Script = script, Properties = ["Records"] }, cancellationToken);
        if (beside is not null && result.Properties["Records"] != (Sets + Tests).ToString(CultureInfo.InvariantCulture))
        {
            throw new BenchmarkException($"The report holds {result.Properties["Records"]} records of {Sets + Tests}.");
        }

        var measured = new Measurement
        {
            What = what, Seconds = result.Seconds, PeakBytes = result.PeakBytes, ComparedWith = beside?.Listed, Size = beside is { } file ? new FileInfo(file.File).Length : null,
        };
        report.Add(measured);
        return measured;
    }

    private static DrTestResult Describe(int number)
    {
        var began = DateTimeOffset.UtcNow.AddDays(-number);
        return new DrTestResult
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{began:yyyyMMdd'T'HHmmss'Z'}-{number:x6}"), Scenario = (DrTestScenario)(number % 5),
            Deployment = $"letta-{(number % 4) + 1}", Target = "a sandbox", IsSandbox = true, StartedAt = began, EndedAt = began.AddMinutes(5), Outcome = Outcome.Passed,
            Objectives = ["Show that the newest set restores within two hours."], PlantedFault = "One row was changed.", FaultCaught = true,
            Configuration = Enumerable.Range(0, 12).ToDictionary(line => $"Setting {line}", line => "as it was before"),
            Steps = [.. Enumerable.Range(0, 10).Select(step => new DrTestStep($"Step {step}", Outcome.Passed, began.AddSeconds(step * 30), TimeSpan.FromSeconds(30), "It was done."))],
            Machine = "host", ProcessId = 1,
        };
    }
}
