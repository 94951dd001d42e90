using System.Globalization;

namespace LettaDr;

/// <summary>Tells how long a recovery that was measured would take with today's sizes: what moved bytes or built indexes grows with them.</summary>
/// <param name="Time">How long; null when nobody can say.</param>
/// <param name="Basis">What that rests on, or why there is none.</param>
internal sealed record RestoreForecast(TimeSpan? Time, string Basis)
{
    // Below this a stage takes what it takes to begin and to end, and its rate says nothing.
    private const double Least = 16 << 20;

    public static RestoreForecast Of(RecoveryRun run, RecoveryEvidence evidence)
    {
        if (run.Component == RecoveryComponent.Server)
        {
            return new(run.Duration, "Its stages do not grow with the data.");
        }

        var (growth, bases) = (TimeSpan.Zero, new List<string>());
        foreach (var journal in Parts(run, evidence))
        {
            var (then, today, where) = Sizes(journal, evidence);
            if (then is not > 0 || today is not { } now)
            {
                return new(null, $"The set {journal.BackupId} is not there any more, so that nobody can say how large it was.");
            }

            var growing = journal.Steps.Where(Grows).ToList();
            growth += TimeSpan.FromTicks((long)(growing.Sum(step => step.Duration.GetValueOrDefault().Ticks) * ((Math.Max(now, Least) / Math.Max(then.Value, Least)) - 1)));
            bases.Add($"{ByteSize.Format(then.Value)} then, {ByteSize.Format(now)} {where}; {string.Join(", ", growing.Select(Rate))}.");
        }

        return bases.Count == 0
            ? new(null, $"No journal tells the stages of {run.Journal.Id}.")
            : new(run.Duration + growth, string.Join(" ", bases));
    }

    /// <summary>The journals with the stages: a system's restore has one of its own for each part.</summary>
    private static IEnumerable<OperationJournal> Parts(RecoveryRun run, RecoveryEvidence evidence) => run.Journal.Kind != SystemRestore.Kind
        ? [run.Journal]
        : evidence.Journals.Where(journal => journal.Id == run.Journal.Id && journal.Outcome == Outcome.Passed
            && ((journal.Kind == "Restore" && run.Component != RecoveryComponent.Cache)
                || (journal.Kind == "RestoreCache" && run.Component != RecoveryComponent.Database)));

    private static (long? Then, long? Now, string Where) Sizes(OperationJournal journal, RecoveryEvidence evidence)
    {
        var restored = evidence.SetOf(journal)?.Manifest;
        if (journal.Kind == "RestoreCache")
        {
            return (restored?.Cache?.Bytes, evidence.Newest(BackupParts.Cache)?.Manifest!.Cache!.Bytes, "in the newest set");
        }

        return restored switch
        {
            { Database.Bytes: var bytes } => evidence.DatabaseBytes is { } live
                ? (bytes, live, "now")
                : (bytes, evidence.Newest(BackupParts.Database)?.Manifest!.Database!.Bytes, "in the newest set"),
            { Cluster.Bytes: var bytes } => (bytes, evidence.Newest(BackupParts.Cluster)?.Manifest!.Cluster!.Bytes, "in the newest set"),
            { PgBackRest.Bytes: var bytes } => (bytes, evidence.Newest(BackupParts.PgBackRest)?.Manifest!.PgBackRest!.Bytes, "in the newest set"),
            _ => (null, null, string.Empty),
        };
    }

    private static bool Grows(JournalStep step) => step.Bytes > 0 || step.Name == DatabaseRestore.BuildStage;

    private static string Rate(JournalStep step)
    {
        var seconds = step.Duration.GetValueOrDefault().TotalSeconds;
        return step.Bytes is { } bytes && seconds > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{step.Name} {ByteSize.Format((long)(bytes / seconds))}/s")
            : string.Create(CultureInfo.InvariantCulture, $"{step.Name} {seconds:0.0} s");
    }
}
