using System.Globalization;
using System.Text.RegularExpressions;
using LettaDr.Systems;

namespace LettaDr.Benchmarks;

/// <summary>What receiving its log costs a busy server, and how much would be lost with a server under light load.</summary>
internal sealed partial class ArchiveBenchmark(BenchmarkOptions options, Report report)
{
    private const double CostLimit = 0.95;
    private const double LossLimit = 10;
    private const int Rounds = 3;
    private const int Seconds = 20;
    private const string Name = "pgbench";
    private const string PlainFolder = "/tmp/plain-wal";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    /// <summary>What the server holds besides pgbench's tables, which are what is written to.</summary>
    public static LettaSeedSize Size { get; } = new() { Messages = 1_000, Passages = 10 };

    public async Task RunAsync(BenchmarkDatabase database, string folder, CancellationToken cancellationToken)
    {
        await database.RunAsync(["createdb", "-U", "letta", Name], cancellationToken);
        await database.RunAsync(["pgbench", "-i", "-q", "-s", "20", "-U", "letta", Name], cancellationToken);
        using var docker = await DockerEngine.ConnectAsync(cancellationToken);
        var repository = new DirectoryRepository(folder);
        await repository.PrepareAsync(cancellationToken);
        var discovery = new DeploymentDiscovery(AppContext.BaseDirectory);
        var deployment = await discovery.ResolveAsync(new DeploymentReference(database.Container), cancellationToken);
        Task ReceivingAsync(Func<Func<Task<WalArchive>>, Task> work) => WhileReceivingAsync(docker, repository, deployment, work, cancellationToken);
        var (without, plain, with) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 1; round <= Rounds; round++)
        {
            without.Add(await CommitAsync(database, "nothing receives", cancellationToken));
            await WhilePlainlyReceivingAsync(
                database, async () => plain.Add(await CommitAsync(database, "pg_receivewal receives", cancellationToken)), cancellationToken);
            await ReceivingAsync(async _ => with.Add(await CommitAsync(database, "the log is received", cancellationToken)));
        }

        report.Note(
            $"pgbench, transactions a second: {Listed(without)} while nothing receives, {Listed(plain)} while a plain pg_receivewal does, "
            + $"{Listed(with)} while Start-LettaWalArchive's does");
        var (none, other, ours) = (At(without, 0.5), At(plain, 0.5), At(with, 0.5));
        report.Note(string.Create(
            CultureInfo.InvariantCulture, $"medians: a plain pg_receivewal leaves {other / none:0.00} of them, Start-LettaWalArchive {ours / other:0.00} of that"));
        report.Add(new Figure("pgbench with Start-LettaWalArchive vs without, medians", "ratio", ours / none, CostLimit, MoreIsBetter: true));
        await ReceivingAsync(look => WatchAsync(database, look, cancellationToken));
    }

    /// <summary>Does something while the log is received, as the cmdlets begin, look at and end it.</summary>
    private static async Task WhileReceivingAsync(
        DockerEngine docker, DirectoryRepository repository, LettaDeployment deployment, Func<Func<Task<WalArchive>>, Task> work,
        CancellationToken cancellationToken)
    {
        var archiving = new WalArchiving(docker, repository, NoObserver.Instance);
        var plan = await archiving.PlanAsync(new WalArchiveRequest { Deployment = deployment }, cancellationToken);
        var archive = await archiving.StartAsync(plan, cancellationToken);
        try
        {
            var inspection = new WalArchiveInspection(repository, docker);
            await work(() => inspection.InspectAsync(deployment.Name, archive.SystemIdentifier, cancellationToken));
        }
        finally
        {
            await new WalArchiveStopping(docker, repository, NoObserver.Instance).RunAsync(archive, dropSlot: true, CancellationToken.None);
        }
    }

    /// <summary>Does something while PostgreSQL's own program receives the log beside the server, without compression or proof.</summary>
    private static async Task WhilePlainlyReceivingAsync(BenchmarkDatabase database, Func<Task> work, CancellationToken cancellationToken)
    {
        const string Receive = "pg_receivewal -U letta --slot=plain";
        await database.RunAsync(
            ["sh", "-ec", $"mkdir {PlainFolder}; {Receive} --create-slot; {Receive} --synchronous -D {PlainFolder} > /dev/null 2>&1 & echo $! > {PlainFolder}.pid"],
            cancellationToken);
        try
        {
            await work();
        }
        finally
        {
            const string Stop = "kill $(cat %.pid); while ! psql -X -q -v ON_ERROR_STOP=1 -U letta -d letta -c \"SELECT pg_drop_replication_slot('plain')\" 2> /dev/null; do sleep 0.1; done; rm -rf %";
            await database.RunAsync(["sh", "-c", Stop.Replace("%", PlainFolder, StringComparison.Ordinal)], CancellationToken.None);
        }
    }

    /// <summary>Transactions a second of one round, which begins after a checkpoint as all do: what is written next is whole pages.</summary>
    private static async Task<double> CommitAsync(BenchmarkDatabase database, string what, CancellationToken cancellationToken)
    {
        await database.SettleAsync(cancellationToken);
        var output = await PgbenchAsync(database, ["-c", "4", "-j", "2"], Seconds, cancellationToken);
        var rate = double.Parse(Rate().Match(output).Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        Report.Tell(string.Create(CultureInfo.InvariantCulture, $"{what}: {rate:0} transactions a second"));
        return rate;
    }

    /// <summary>Five commits a second, and every few seconds a look at how old the newest of them is that the archive holds.</summary>
    private async Task WatchAsync(BenchmarkDatabase database, Func<Task<WalArchive>> look, CancellationToken cancellationToken)
    {
        Report.Tell($"light load for {options.Minutes} min");
        var load = PgbenchAsync(database, ["-c", "1", "-R", "5"], options.Minutes * 60, cancellationToken);
        var losses = new List<double>();
        while (await Task.WhenAny(load, Task.Delay(Pause, cancellationToken)) != load)
        {
            var archive = await look();
            losses.Add(archive.Lag?.TotalSeconds ?? throw new BenchmarkException($"The archive holds no commit: {archive.Problem}"));
        }

        await load;
        report.Note(
            $"loss window over {options.Minutes} min of five commits a second, {losses.Count} looks: "
            + string.Create(CultureInfo.InvariantCulture, $"median {At(losses, 0.5):0.00} s, 95 % {At(losses, 0.95):0.00} s, longest {losses.Max():0.00} s"));
        report.Add(new Figure("longest loss window under light load", "seconds", losses.Max(), LossLimit));
    }

    private static Task<string> PgbenchAsync(
        BenchmarkDatabase database, IReadOnlyList<string> load, int seconds, CancellationToken cancellationToken) => database.RunAsync(
            ["pgbench", "-n", .. load, "-T", seconds.ToString(CultureInfo.InvariantCulture), "-U", "letta", Name], cancellationToken);

    /// <summary>The value below or at which a share of them lies.</summary>
    private static double At(List<double> values, double share) => values.Order().ElementAt((int)Math.Ceiling(share * values.Count) - 1);

    private static string Listed(List<double> values) =>
        string.Join(' ', values.Select(value => value.ToString("0", CultureInfo.InvariantCulture)));

    [GeneratedRegex(@"tps = ([0-9.]+) \(without")]
    private static partial Regex Rate();
}
