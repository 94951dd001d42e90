namespace LettaDr;

/// <summary>Measures what would be lost if it happened now, by what is proven to be where a recovery would take it from.</summary>
internal sealed class RecoveryPointObjectives(RecoveryEvidence evidence, RecoveryTargets targets)
{
    private const string MoreSets = "Make sets more often than the objective is long (Backup-LettaDatabase, Backup-LettaSystem), or archive the log as it is written (Start-LettaWalArchive).";

    /// <summary>One component's.</summary>
    public RecoveryObjective Measure(RecoveryComponent component) => component switch
    {
        RecoveryComponent.Database => Database(),
        RecoveryComponent.MessageQueue => Queue(),
        RecoveryComponent.Configuration => Configuration(),
        _ => System(),
    };

    private RecoveryObjective Database()
    {
        var set = evidence.NewestOfDatabase();
        if (evidence.Archive is { } archive && (set is null || archive.Time > set.SnapshotTime))
        {
            return Row(RecoveryComponent.Database, Age(archive.Time), null, archive.Basis, "See Get-LettaWalArchive: the receiver must run, and reach the repository.");
        }

        var missing = evidence.ArchiveProblem is { } problem ? " " + problem : string.Empty;
        return set is null
            ? Lost(RecoveryComponent.Database, "There is no set of the database that can be restored: all of it would be lost." + missing, MoreSets)
            : OfSet(RecoveryComponent.Database, set, set.SnapshotTime, RecoveryEvidence.AnyDatabase, all: false, missing);
    }

    private RecoveryObjective Queue()
    {
        var copy = evidence.Newest(BackupParts.Cache) is { } set
            ? $" With its volume lost, the newest copy is that of set {set.Id}, {RunbookDescription.Age(Age(set.Manifest!.Cache!.SnapshotTime))} old."
            : " With its volume lost, there is no copy of it in any set.";
        if (evidence.Cache is not { } cache)
        {
            return evidence.CacheProblem is { } problem
                ? Lost(RecoveryComponent.MessageQueue, problem + copy, "Bring Redis up, and measure again.")
                : NotRun(RecoveryComponent.MessageQueue, (evidence.IsLive ? "The deployment has no Redis." : "Only the running Redis can tell how it writes to disk.") + copy);
        }

        if (!cache.LastWriteSucceeded)
        {
            return Lost(
                RecoveryComponent.MessageQueue, $"The last write of Redis to its disk failed. {cache.Describe()}{copy}", "Free space on the volume of Redis; its log tells the cause.");
        }

        var (now, most) = (cache.LossNow(evidence.Now), cache.LossAtMost);
        var row = Row(
            RecoveryComponent.MessageQueue, now ?? TimeSpan.Zero, most, cache.Describe() + copy,
            "Switch the append-only file on while Redis runs: redis-cli CONFIG SET appendonly yes, with appendfsync everysec.");
        return now is null || most is null
            ? row with { Actual = now, Outcome = Outcome.Failed, Evidence = $"Nothing limits what may be lost. {row.Evidence}", Remedy = row.Remedy ?? "Set appendfsync, or a rule in save that one change is enough for." }
            : row;
    }

    private RecoveryObjective Configuration()
    {
        if (evidence.Newest(BackupParts.Configuration) is not { } set)
        {
            return evidence.IsLive
                ? Lost(RecoveryComponent.Configuration, "There is no set of the configuration: all of it would be lost.", "Run Backup-LettaConfiguration.")
                : NotRun(RecoveryComponent.Configuration, "There is no set of the configuration, and no deployment to compare one with.");
        }

        var taken = $"{set.Id} of {set.Manifest!.Configuration!.SnapshotTime:u}";
        if (evidence.Drift is not { } drift)
        {
            return evidence.DriftProblem is { } problem
                ? Lost(RecoveryComponent.Configuration, $"It cannot be compared with set {taken}: {problem}", "Remove the cause, and measure again.")
                : NotRun(RecoveryComponent.Configuration, $"Only the deployment itself can tell what has changed since set {taken}.");
        }

        var judged = drift.JudgedByTime == 0 ? string.Empty : $" {drift.JudgedByTime} files with secrets were judged by when they were written.";
        return drift.Since is not { } since
            ? Row(RecoveryComponent.Configuration, TimeSpan.Zero, null, $"Nothing has changed since set {taken}.{judged}", null)
            : Row(
                RecoveryComponent.Configuration, Age(since), null,
                $"No set holds what has changed, {since:u} or later: {string.Join(", ", drift.Changes.Take(3))}{(drift.Changes.Count > 3 ? $" and {drift.Changes.Count - 3} more" : string.Empty)}. The newest is {taken}.{judged}",
                "Run Backup-LettaConfiguration after each change; Compare-LettaConfiguration shows them.");
    }

    private RecoveryObjective System()
    {
        const BackupParts Parts = BackupParts.Database | BackupParts.Configuration;
        if (evidence.Newest(Parts) is not { } set)
        {
            return Lost(
                RecoveryComponent.System, "There is no set of database and configuration together that can be restored: the system as a whole would be lost.",
                "Run Backup-LettaSystem.");
        }

        var spread = set.Manifest!.Spread;
        return OfSet(
            RecoveryComponent.System, set, set.Manifest.OldestMoment, Parts, all: true,
            $" Its parts are {spread.TotalSeconds:0.0} s apart.{(evidence.Archive is { } archive ? $" Its database alone can be brought to {archive.Time:u} from the archive." : string.Empty)}");
    }

    private RecoveryObjective OfSet(RecoveryComponent component, Backup set, DateTimeOffset moment, BackupParts parts, bool all, string more)
    {
        var longest = BackupIntervals.Longest(evidence, parts, all);
        var interval = longest is null
            ? " It is the only one, so that nobody can say how often sets are made."
            : $" At the worst moment of the last {BackupIntervals.Window.TotalDays:0} days, just before a set was complete, {DurationText.Of(longest.Value)} would have been.";
        var proven = set.ProvenAt is { } at ? $"proven by a restore {at:u}" : "not proven by any restore yet";
        return Row(
            component, Age(moment), longest,
            $"{DurationText.InWords(Age(moment))} would be lost now: the newest set is {set.Id}, {proven}.{interval}{more}", MoreSets);
    }

    private RecoveryObjective Row(RecoveryComponent component, TimeSpan actual, TimeSpan? worst, string basis, string? remedy)
    {
        var target = targets.Of(component, RecoveryObjectiveKind.RPO);
        var met = actual <= target && worst.GetValueOrDefault() <= target;
        return Empty(component) with
        {
            Actual = actual, WorstCase = worst, Outcome = met ? Outcome.Passed : Outcome.Failed, Evidence = basis, Remedy = met ? null : remedy,
            MeasuredAt = evidence.Now,
        };
    }

    private RecoveryObjective Lost(RecoveryComponent component, string why, string remedy) =>
        Empty(component) with { Outcome = Outcome.Failed, Evidence = why, Remedy = remedy, MeasuredAt = evidence.Now };

    private RecoveryObjective NotRun(RecoveryComponent component, string why) => Empty(component) with
    {
        Evidence = why, Remedy = evidence.IsLive ? null : "Measure it on the machine of the deployment, by naming that instead of -Name.",
    };

    private RecoveryObjective Empty(RecoveryComponent component) => new()
    {
        Deployment = evidence.Deployment, Component = component, Kind = RecoveryObjectiveKind.RPO,
        Target = targets.Of(component, RecoveryObjectiveKind.RPO), Outcome = Outcome.NotRun, Evidence = string.Empty,
    };

    private TimeSpan Age(DateTimeOffset moment) => evidence.Now > moment ? evidence.Now - moment : TimeSpan.Zero;
}
