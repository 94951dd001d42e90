using System.Globalization;
using LettaDr.Systems;

namespace LettaDr.Benchmarks;

/// <summary>A physical restore, every row compared, beside pg_restore; and replay with and without prefetched log.</summary>
internal sealed class RecoveryBenchmark(BenchmarkOptions options, Report report)
{
    private const double RestoreLimit = 0.4;
    private const string Name = "Restore-LettaDatabase -Latest";
    private const string Replay = "Replay the log to the moment";
    private const int Updates = 8;

    public async Task RunAsync(BenchmarkDatabase database, string repository, CancellationToken cancellationToken)
    {
        var contest = new DatabaseContest(database, repository);
        await contest.DumpDirectoryAsync(cancellationToken);
        await WorkAsync(database, "Backup-LettaDatabase", new() { ["Repository"] = repository, ["Type"] = "Base" }, [], cancellationToken);
        var (theirs, ours) = (new List<double>(), new List<WorkerResult>());
        for (var round = 1; round <= options.Rounds; round++)
        {
            theirs.Add(await contest.RestoreDirectoryAsync(cancellationToken));
            ours.Add(await WorkAsync(
                database, "Restore-LettaDatabase", new() { ["Repository"] = repository }, ["Latest", "DisconnectSessions", "DiscardPrevious"], cancellationToken));
        }

        var reference = new Measurement { What = DatabaseContest.RestoreName, Seconds = theirs };
        var recovery = new Measurement
        {
            What = Name, Seconds = [.. ours.Select(run => run.Seconds[0])], PeakBytes = ours.Max(run => run.PeakBytes), ComparedWith = reference,
        };
        report.Add(reference);
        report.Add(recovery);
        report.Add(new Figure("physical restore with verification vs pg_restore -j2", "ratio", recovery.Ratio, RestoreLimit));
        var steps = ours.MinBy(run => run.Seconds[0])!.Steps.Select(step => string.Create(CultureInfo.InvariantCulture, $"{step.Key} {step.Value:0.0} s"));
        report.Note($"{Name}, best round: {string.Join("; ", steps)}");
        await MeasureReplayAsync(database, repository + "-log", cancellationToken);
    }

    private async Task MeasureReplayAsync(BenchmarkDatabase database, string folder, CancellationToken cancellationToken)
    {
        await WorkAsync(database, "Backup-LettaDatabase", new() { ["Repository"] = folder, ["Type"] = "Base" }, [], cancellationToken);
        var deployment = await new DeploymentDiscovery(AppContext.BaseDirectory).ResolveAsync(new DeploymentReference(database.Container), cancellationToken);
        var repository = new DirectoryRepository(folder);
        var bytes = await ReceiveAsync(database, repository, deployment.Name, cancellationToken);
        var (single, ahead) = (
            await ReplayAsync(deployment, repository, 0, cancellationToken), await ReplayAsync(deployment, repository, WalFeed.DefaultAhead, cancellationToken));
        report.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"replay of {Report.Megabytes(bytes)} of log: {bytes / 1e6 / single:0} MB/s fetched one by one, {bytes / 1e6 / ahead:0} MB/s with {WalFeed.DefaultAhead} segments prefetched"));
        report.Add(new Figure("replay with prefetch vs without", "ratio", ahead / single, 1.0));
    }

    /// <summary>Changes rows while pg_receivewal receives, and lays what it received into the archive, compressed.</summary>
    private static async Task<long> ReceiveAsync(
        BenchmarkDatabase database, DirectoryRepository repository, string deployment, CancellationToken cancellationToken)
    {
        const string Folder = "/tmp/benchmark-wal";
        await database.RunAsync(
            ["sh", "-c", $"mkdir -p {Folder}; pg_receivewal -U letta --slot benchmark --create-slot --if-not-exists; pg_receivewal -U letta --slot benchmark -D {Folder} > /dev/null 2>&1 & echo $! > {Folder}.pid"],
            cancellationToken);
        for (var update = 0; update < Updates; update++)
        {
            await database.RunAsync(
                ["psql", "-X", "-q", "-U", "letta", "-d", "letta", "-c", $"UPDATE letta.messages SET updated_at = now() WHERE abs(hashtext(id)) % {Updates} = {update}"],
                cancellationToken);
        }

        await database.ExecuteAsync("SELECT pg_switch_wal()", cancellationToken);
        await database.ExecuteAsync("CREATE TABLE after_the_switch ()", cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(10), cancellationToken);
        var identifier = repository.List(deployment, includeIncomplete: false)[0].Manifest!.Cluster!.SystemIdentifier;
        var target = WalArchiveFolder.Of(repository, deployment, identifier);
        Directory.CreateDirectory(target);
        var names = (await database.RunAsync(["sh", "-c", $"ls {Folder}"], cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(name => WalSegment.TryParse(name, WalSegment.DefaultSize, out _) || name.EndsWith(".history", StringComparison.Ordinal)).ToList();
        foreach (var name in names)
        {
            var compress = !name.EndsWith(".history", StringComparison.Ordinal);
            await using var file = File.Create(Path.Combine(target, compress ? name + ".zst" : name));
            await using Stream content = compress ? new ZstdSharp.CompressionStream(file, 1) : file;
            await database.ReadAsync($"{Folder}/{name}", content, cancellationToken);
        }

        return names.Count * (long)WalSegment.DefaultSize;
    }

    private async Task<double> ReplayAsync(LettaDeployment deployment, DirectoryRepository repository, int ahead, CancellationToken cancellationToken)
    {
        await using var target = await ClusterTarget.OpenAsync(deployment, repository, NoObserver.Instance, ahead, cancellationToken);
        var result = await new ClusterRestore(repository, target, NoObserver.Instance, JournalDirectory.Local).RunAsync(
            new ClusterRestoreRequest
            {
                Deployment = deployment, DisconnectSessions = true, DiscardPrevious = true,
                Plan = RecoveryPlanning.Plan(repository, deployment.Name, RecoveryTarget.Latest, null, cancellationToken),
            },
            OperationId.Next(), cancellationToken);
        var seconds = result.Stages.First(step => step.Name == Replay).Duration!.Value.TotalSeconds;
        Report.Tell(string.Create(CultureInfo.InvariantCulture, $"replay, {ahead} segments ahead: {seconds:0.00} s"));
        return seconds;
    }

    private static async Task<WorkerResult> WorkAsync(
        BenchmarkDatabase database, string command, Dictionary<string, string> parameters, IReadOnlyList<string> switches, CancellationToken cancellationToken)
    {
        await database.SettleAsync(cancellationToken);
        parameters["Deployment"] = database.Container;
        var result = await WorkerProcess.RunAsync(
            new WorkerRequest { Module = WorkerProcess.Module, Command = command, Parameters = parameters, Switches = switches }, cancellationToken);
        Report.Tell(string.Create(CultureInfo.InvariantCulture, $"{command} {string.Join(' ', switches)}: {result.Seconds[0]:0.00} s, {Report.Megabytes(result.PeakBytes)}"));
        return result;
    }
}
