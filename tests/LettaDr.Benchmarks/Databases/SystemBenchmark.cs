using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LettaDr.Systems;

namespace LettaDr.Benchmarks;

/// <summary>What the other parts of a system add to the backup of its database, and how long the checks of consistency take.</summary>
internal sealed class SystemBenchmark(BenchmarkOptions options, Report report)
{
    private const double SystemLimit = 1.1;
    private const double ConsistencyLimit = 60;
    private const string RedisImage = "redis:8";

    public async Task RunAsync(BenchmarkDatabase database, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var certificate = Path.Combine(folder, "recovery.cer");
        await File.WriteAllBytesAsync(certificate, Certificate(), cancellationToken);
        using var engine = await DockerEngine.ConnectAsync(cancellationToken);
        var redis = await engine.Containers.RunAsync(
            new DockerRunRequest
            {
                Image = RedisImage,
                Name = database.Container + "-redis",
                Labels = database.Labels("redis"),
                Command = ["redis-server", "--appendonly", "yes"],
            },
            cancellationToken);
        try
        {
            await MeasureAsync(database, Path.Combine(folder, "repository"), certificate, cancellationToken);
        }
        finally
        {
            await engine.Containers.RemoveAsync(redis, volumes: true, CancellationToken.None);
        }
    }

    private async Task MeasureAsync(BenchmarkDatabase database, string repository, string certificate, CancellationToken cancellationToken)
    {
        var (alone, system) = (new List<WorkerResult>(), new List<WorkerResult>());
        for (var round = 1; round <= options.Rounds; round++)
        {
            alone.Add(await WorkAsync(database, "Backup-LettaDatabase", ("Repository", repository)));
            system.Add(await WorkAsync(database, "Backup-LettaSystem", ("Repository", repository), ("Certificate", certificate)));
        }

        var reference = new Measurement { What = "Backup-LettaDatabase", Seconds = [.. alone.Select(run => run.Seconds[0])] };
        var whole = new Measurement
        {
            What = "Backup-LettaSystem", Seconds = [.. system.Select(run => run.Seconds[0])], PeakBytes = system.Max(run => run.PeakBytes),
            ComparedWith = reference,
        };
        report.Add(reference);
        report.Add(whole);
        report.Add(new Figure("Backup-LettaSystem vs Backup-LettaDatabase", "ratio", whole.Ratio, SystemLimit));
        var checks = await WorkAsync(database, "Test-LettaConsistency");
        report.Add(new Figure("Test-LettaConsistency", "s", checks.Seconds[0], ConsistencyLimit));

        async Task<WorkerResult> WorkAsync(BenchmarkDatabase of, string command, params (string Name, string Value)[] parameters)
        {
            await of.SettleAsync(cancellationToken);
            var result = await WorkerProcess.RunAsync(
                new WorkerRequest
                {
                    Module = WorkerProcess.Module,
                    Command = command,
                    Parameters = parameters.Append(("Deployment", of.Project)).ToDictionary(pair => pair.Item1, pair => pair.Item2),
                },
                cancellationToken);
            Report.Tell(string.Create(CultureInfo.InvariantCulture, $"{command}: {result.Seconds[0]:0.00} s, {Report.Megabytes(result.PeakBytes)}"));
            return result;
        }
    }

    private static byte[] Certificate()
    {
        using var key = RSA.Create(3072);
        var request = new CertificateRequest("CN=Benchmark", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyEncipherment, critical: true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return certificate.RawData;
    }
}
