using System.Diagnostics;
using System.Globalization;

namespace LettaDr.Benchmarks;

/// <summary>What each contender does with one database, timed: PostgreSQL's programs in the container, our cmdlets in a process of ours.</summary>
internal sealed class DatabaseContest(BenchmarkDatabase database, string repository)
{
    public const string CustomName = "pg_dump -Fc";
    public const string DirectoryName = "pg_dump -Fd -j2 --compress=zstd:3";
    public const string RestoreName = "pg_restore -j2";
    public const string OurBackupName = "Backup-LettaDatabase";
    public const string OurRestoreName = "Restore-LettaDatabase";

    private const string CustomPath = "/tmp/benchmark.dump";
    private const string DirectoryPath = "/tmp/benchmark.dir";
    private const string Restored = "restored";

    public async Task<(double Seconds, long Size)> DumpCustomAsync(CancellationToken cancellationToken)
    {
        await database.RunAsync(["rm", "-f", CustomPath], cancellationToken);
        var seconds = await TimeAsync(
            CustomName, ["pg_dump", "-Fc", "-U", "letta", "-d", "letta", "-f", CustomPath], cancellationToken);
        var size = await database.SizeOfAsync(CustomPath, cancellationToken);
        await database.RunAsync(["rm", "-f", CustomPath], cancellationToken);
        return (seconds, size);
    }

    public async Task<(double Seconds, long Size)> DumpDirectoryAsync(CancellationToken cancellationToken)
    {
        await database.RunAsync(["rm", "-rf", DirectoryPath], cancellationToken);
        var seconds = await TimeAsync(
            DirectoryName,
            ["pg_dump", "-Fd", "-j2", "--compress=zstd:3", "-U", "letta", "-d", "letta", "-f", DirectoryPath], cancellationToken);
        return (seconds, await database.SizeOfAsync(DirectoryPath, cancellationToken));
    }

    /// <summary>Restores what <see cref="DumpDirectoryAsync"/> wrote into a database of its own, then drops that.</summary>
    public async Task<double> RestoreDirectoryAsync(CancellationToken cancellationToken)
    {
        await DropAsync(cancellationToken);
        await database.RunAsync(["createdb", "-U", "letta", "-T", "template0", Restored], cancellationToken);
        var seconds = await TimeAsync(
            RestoreName, ["pg_restore", "-j2", "--exit-on-error", "-U", "letta", "-d", Restored, DirectoryPath], cancellationToken);
        await DropAsync(cancellationToken);
        return seconds;
    }

    public async Task<WorkerResult> BackUpAsync(CancellationToken cancellationToken)
    {
        var result = await WorkAsync(
            new WorkerRequest
            {
                Module = WorkerProcess.Module,
                Command = OurBackupName,
                Parameters = new Dictionary<string, string> { ["Deployment"] = database.Container, ["Repository"] = repository },
                Properties = ["Id", "Size", "Rows"],
            },
            cancellationToken);
        return result;
    }

    /// <summary>Restores the newest set into a database of its own, every row compared, then drops that.</summary>
    public async Task<WorkerResult> RestoreAsync(CancellationToken cancellationToken)
    {
        await DropAsync(cancellationToken);
        var result = await WorkAsync(
            new WorkerRequest
            {
                Module = WorkerProcess.Module,
                Command = OurRestoreName,
                Parameters = new Dictionary<string, string>
                {
                    ["Backup"] = "latest", ["Deployment"] = database.Container, ["Repository"] = repository, ["TargetDatabase"] = Restored,
                },
                Properties = ["Tables", "TablesIdentical", "Rows"],
            },
            cancellationToken);
        await DropAsync(cancellationToken);
        return result.Properties["Tables"] == result.Properties["TablesIdentical"]
            ? result
            : throw new BenchmarkException($"Only {result.Properties["TablesIdentical"]} of {result.Properties["Tables"]} tables came back.");
    }

    private Task DropAsync(CancellationToken cancellationToken) =>
        database.ExecuteAsync($"DROP DATABASE IF EXISTS {Restored} WITH (FORCE)", cancellationToken);

    private async Task<double> TimeAsync(string what, IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        await database.SettleAsync(cancellationToken);
        var clock = Stopwatch.StartNew();
        await database.RunAsync(command, cancellationToken);
        var seconds = clock.Elapsed.TotalSeconds;
        Report.Tell(string.Create(CultureInfo.InvariantCulture, $"{what}: {seconds:0.00} s"));
        return seconds;
    }

    private async Task<WorkerResult> WorkAsync(WorkerRequest request, CancellationToken cancellationToken)
    {
        await database.SettleAsync(cancellationToken);
        var result = await WorkerProcess.RunAsync(request, cancellationToken);
        Report.Tell(string.Create(
            CultureInfo.InvariantCulture, $"{request.Command}: {result.Seconds[0]:0.00} s, {Report.Megabytes(result.PeakBytes)}"));
        return result;
    }
}
