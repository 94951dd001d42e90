using System.Diagnostics;
using System.Globalization;

namespace LettaDr.Systems;

/// <summary>Tests an archive: that nothing is missing from it, that every byte is the server's, and how old its end is.</summary>
internal sealed class WalArchiveTesting(IBackupRepository repository, DockerEngine? docker, IOperationObserver observer)
{
    private const string AnotherCopy = "Bring it back from a copy of the repository; else take a new physical copy (Backup-LettaDatabase -Type Base), for those from before lead no further.";

    /// <summary>The checks, always the same in the same order.</summary>
    public async Task<IReadOnlyList<CheckResult>> RunAsync(WalArchive archive, TimeSpan objective, CancellationToken cancellationToken)
    {
        var opened = DirectoryWalArchive.Open(repository, archive.Deployment, archive.SystemIdentifier)!;
        var inspection = new WalArchiveInspection(repository, docker);
        var bases = inspection.Bases(archive.Deployment, archive.SystemIdentifier);
        var results = new List<CheckResult>
        {
            Run(archive, "LogWhole", () => Whole(opened)),
            Run(archive, "LogReadable", () => Readable(opened, cancellationToken)),
            Run(archive, "BasesLeadOn", () => BasesLeadOn(opened, bases)),
        };

        // Reading took its time: what is asked of the present is asked now.
        var now = await inspection.InspectAsync(archive.Deployment, archive.SystemIdentifier, cancellationToken).ConfigureAwait(false);
        results.Add(Run(now, "Receiving", () => now.State switch
        {
            WalArchiveState.Streaming => (Outcome.Passed, $"The newest commit received is {Seconds(now.Lag)} old{(now.LagBytes is { } bytes ? $", the server {ByteSize.Format(bytes)} ahead" : string.Empty)}.", null),
            _ when docker is null => (Outcome.NotRun, "No Docker engine answers, in which it could be received.", "Run this on the database's Docker host."),
            _ => (Outcome.Failed, now.Problem!, "Start-LettaWalArchive begins again where it ended."),
        }));
        results.Add(Run(now, "SlotHoldsLog", () => Slot(now)));
        results.Add(Run(now, "RecoveryPoint", () => now.Lag is not { } lag
            ? (Outcome.Failed, "No commit was found in the log received.", "See Get-LettaWalArchive for the reason.")
            : (lag <= objective ? Outcome.Passed : Outcome.Failed,
                string.Create(CultureInfo.InvariantCulture, $"Recoverable to {now.RecoverableAt:u} ({now.RecoverableLsn}), which is {Seconds(lag)} ago; the objective is {objective.TotalMinutes:0.##} min."),
                lag <= objective ? null : "See Get-LettaWalArchive for the reason; Start-LettaWalArchive begins again.")));
        return results;
    }

    private static (Outcome, string, string?) Whole(DirectoryWalArchive archive)
    {
        var files = archive.Files();
        if (files.Count == 0)
        {
            return (Outcome.Failed, "The archive holds no log.", "Start-LettaWalArchive begins to receive it.");
        }

        var history = WalChain.Newest(archive);
        var holes = WalChain.Holes(files, archive.Histories());
        var strangers = files.Select(file => file.Segment.Timeline).Where(timeline => timeline > 1 && archive.Histories().All(known => known.Timeline != timeline)).Distinct().ToList();
        return strangers.Count > 0
            ? (Outcome.Failed, $"The history of timeline {strangers[0]} is missing.", AnotherCopy)
            : holes.Count == 0
                ? (Outcome.Passed, $"{Examples.Count(files.Count, "segment")} from {files.Min(file => file.Segment.Start)} on, up to timeline {history.Timeline}, and none is missing.", null)
                : (Outcome.Failed, $"Missing: {Examples.List([.. holes.Select(hole => hole.ToString())])}.", AnotherCopy);
    }

    private (Outcome, string, string?) Readable(DirectoryWalArchive archive, CancellationToken cancellationToken)
    {
        var files = archive.Files();
        var meter = new ProgressMeter(observer, $"Testing the log of cluster {archive.SystemIdentifier}");
        meter.Stage("Reading the log", files.Sum(file => (long)file.Segment.Size));
        var reading = new WalReading(archive, meter.Add).Read(cancellationToken);
        return reading.Problems.Count == 0
            ? (files.Count > 0 ? Outcome.Passed : Outcome.Failed,
                $"{reading.Records:N0} records in {ByteSize.Format(reading.Bytes)} of log, each with its checksum{(reading.LastCommit is { } time ? $"; the newest commit is of {time:u}" : string.Empty)}.", null)
            : (Outcome.Failed, $"Not as the server wrote it: {Examples.List(reading.Problems)}", AnotherCopy);
    }

    private static (Outcome, string, string?) BasesLeadOn(DirectoryWalArchive archive, IReadOnlyList<Backup> bases)
    {
        if (bases.Count == 0)
        {
            return (Outcome.NotRun, "There is no physical copy that the log could lead on from.", "Take one: Backup-LettaDatabase -Type Base.");
        }

        var history = WalChain.Newest(archive);
        var files = archive.Files();
        var cut = bases.Select(set => (Set: set, Chain: WalChain.From(files, history, set.Manifest!.Cluster!.SnapshotLsn))).Where(pair => pair.Chain.Missing is not null).ToList();
        return cut.Count == 0
            ? (Outcome.Passed, $"From each of {bases.Count} physical copies the log leads on to its end.", null)
            : (cut.Exists(pair => pair.Set.Id == bases[^1].Id) ? Outcome.Failed : Outcome.Passed,
                $"The log of {Examples.List([.. cut.Select(pair => $"{pair.Set.Id} ends before {pair.Chain.Missing}")])}{(cut.Exists(pair => pair.Set.Id == bases[^1].Id) ? string.Empty : "; that of newer ones leads on to its end")}.", AnotherCopy);
    }

    private static (Outcome, string, string?) Slot(WalArchive archive) => archive switch
    {
        { LagBytes: null } => (Outcome.NotRun, "The server does not answer.", "Run this on the database's Docker host while it runs."),
        { SlotRetainedBytes: null } => (Outcome.Failed, $"The server has no slot {archive.Slot}.", "Start-LettaWalArchive makes it anew."),
        _ => archive.Warnings.FirstOrDefault(warning => warning.Contains($"slot {archive.Slot}", StringComparison.Ordinal)) is { } warning
            ? (Outcome.Failed, warning, "Start-LettaWalArchive receives again; Stop-LettaWalArchive -DropSlot gives the disk back.")
            : (Outcome.Passed, $"The slot {archive.Slot} holds back {ByteSize.Format(archive.SlotRetainedBytes.Value)}{(archive.ServerFreeBytes is { } free ? $"; the server's disk has {ByteSize.Format(free)} free" : string.Empty)}.", null),
    };

    private static CheckResult Run(WalArchive archive, string name, Func<(Outcome Outcome, string Evidence, string? Remedy)> check)
    {
        var clock = Stopwatch.StartNew();
        (Outcome Outcome, string Evidence, string? Remedy) found;
        try
        {
            found = check();
        }
        catch (LettaDrException failure)
        {
            found = (Outcome.Failed, failure.Message, failure.Remedy);
        }

        return new CheckResult
        {
            Name = name, Target = archive.ToString(), Outcome = found.Outcome, Evidence = found.Evidence,
            Remedy = found.Outcome == Outcome.Passed ? null : found.Remedy, Duration = clock.Elapsed,
        };
    }

    private static string Seconds(TimeSpan? time) => string.Create(CultureInfo.InvariantCulture, $"{time?.TotalSeconds:0.0} s");
}
