namespace LettaDr;

/// <summary>Chooses the copy and the log that lead to a moment, and refuses what they do not lead to with what they do.</summary>
internal sealed class RecoveryPlanner(IRecoveryBases bases)
{
    private const string NothingReplaced = "Nothing was replaced.";

    /// <param name="target">The moment.</param>
    /// <param name="timeline">The timeline to follow; null for the newest.</param>
    /// <param name="cancellationToken">Ends the reading of the log.</param>
    /// <exception cref="LettaDrException">The moment lies outside of what can be recovered, or the log up to it is damaged.</exception>
    public RecoveryPlan Plan(RecoveryTarget target, uint? timeline, CancellationToken cancellationToken)
    {
        var usable = Usable(timeline, cancellationToken);
        var walks = new List<RecoveryWalk>();
        foreach (var candidate in usable)
        {
            var walk = RecoveryWalk.Take(candidate, target, cancellationToken);
            walks.Add(walk);
            if (walk.Reached is not null)
            {
                walk.RequireNoTablespaces(target);
                return PlanOf(candidate, walk, target, Window(usable, candidate, walk)) with { IsTimelineNamed = timeline is not null };
            }

            if (!walk.IsBefore)
            {
                // An older copy would need the same log, and more.
                break;
            }
        }

        var last = usable[walks.Count - 1];
        throw Refusal(target, walks[^1], last, walks[^1].IsBefore ? WindowOf(usable, cancellationToken) : Window(usable, last, walks[^1]));
    }

    /// <summary>From when to when the cluster can be recovered.</summary>
    /// <exception cref="LettaDrException">It cannot be recovered at all.</exception>
    public RecoverableWindow Window(uint? timeline, CancellationToken cancellationToken) =>
        WindowOf(Usable(timeline, cancellationToken), cancellationToken);

    /// <summary>The newest first.</summary>
    private List<RecoveryBase> Usable(uint? timeline, CancellationToken cancellationToken) =>
        [.. bases.Find(timeline, cancellationToken).OrderByDescending(found => found.Part.EndLsn).ThenByDescending(found => found.Part.SnapshotTime)];

    private static RecoveryPlan PlanOf(RecoveryBase candidate, RecoveryWalk walk, RecoveryTarget target, RecoverableWindow window)
    {
        var reached = walk.Reached!;
        var chain = WalChain.From(candidate.Log.Files(), candidate.History, candidate.Part.StartLsn);
        return new RecoveryPlan
        {
            Target = target, Chain = candidate.Chain, Part = candidate.Part, Log = candidate.Log, History = candidate.History,
            Histories = candidate.Timelines.Histories(candidate.History),
            Stop = reached.Stop, Inclusive = reached.Inclusive, LastCommit = reached.LastCommit, Window = window, CommitsAfter = walk.CommitsAfter, LastCommitAfter = walk.LastCommitAfter,
            // The record at the stop may reach into the next segment, and the server reads it to see that it is there.
            Files = [.. chain.Files.TakeWhile(file => file.Segment.Start <= new Lsn(reached.Stop.Value + (ulong)file.Segment.Size))],
        };
    }

    private static RecoverableWindow WindowOf(List<RecoveryBase> copies, CancellationToken cancellationToken) => Window(
        copies, copies[0], RecoveryWalk.Take(copies[0], RecoveryTarget.Latest, cancellationToken));

    /// <summary>Goes back from the newest copy as long as the log between two leads from the one to the other.</summary>
    private static RecoverableWindow Window(List<RecoveryBase> copies, RecoveryBase reached, RecoveryWalk walk)
    {
        var oldest = reached;
        foreach (var older in copies.Skip(copies.IndexOf(reached) + 1))
        {
            if (WalChain.From(older.Log.Files(), older.History, older.Part.StartLsn).End < oldest.Part.EndLsn)
            {
                break;
            }

            oldest = older;
        }

        var part = oldest.Part;
        return new RecoverableWindow(
            part.SystemIdentifier, part.SnapshotTime, part.SnapshotLsn, walk.LastCommit ?? reached.Part.SnapshotTime,
            walk.LastCommitEnd ?? reached.Part.SnapshotLsn, reached.History.Timeline, walk.Problem);
    }

    private LettaDrException Refusal(RecoveryTarget target, RecoveryWalk last, RecoveryBase copy, RecoverableWindow window)
    {
        var beside = copy.Timelines.Beside(copy.History);
        var others = beside.Count == 0 ? string.Empty
            : $" Timeline {copy.History.Timeline} was followed; what was written on {string.Join(", ", beside)} beside it is reached by -Timeline.";
        if (last.Problem is { } problem)
        {
            return new LettaDrException(
                "WalBroken", FaultKind.DataCorrupt,
                $"The log does not lead to {target}: {problem.TrimEnd('.')}. What can be recovered is {window}.",
                $"{NothingReplaced} Name a moment in there, or -Latest; or bring the file back from a copy, and run the command again.", target.ToString());
        }

        return target.RestorePoint is { } name
            ? new LettaDrException(
                "RestorePointNotFound", FaultKind.NotFound, $"The log holds no restore point named {name} between {window}.",
                $"{NothingReplaced} Add-LettaRestorePoint tells the moment of each that it makes; name that by -PointInTime.{others}{Later(last)}", name)
            : new LettaDrException(
                "OutsideRecoverableWindow", FaultKind.InvalidArgument, $"{target} lies outside of what can be recovered, which is {window}.",
                $"{NothingReplaced} Name a moment in there; -Latest is its end.{others}{Later(last)}", target.ToString());
    }

    private string Later(RecoveryWalk last) => last.IsBefore || bases.LaterLog is not { } hint ? string.Empty : " " + hint;
}
