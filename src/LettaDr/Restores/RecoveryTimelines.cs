using System.Globalization;

namespace LettaDr;

/// <summary>The timelines of one cluster of which anything that is kept knows, and which of them a recovery follows.</summary>
/// <param name="location">Where it is kept, for people.</param>
/// <param name="log">Its log; null when none was received.</param>
/// <param name="copies">The physical copies of it.</param>
/// <param name="histories">Histories that the copies bring along.</param>
internal sealed class RecoveryTimelines(string location, IWalArchive? log, IReadOnlyList<ClusterPart> copies, IEnumerable<TimelineHistory> histories)
{
    private readonly IReadOnlyList<WalFile> _files = log?.Files() ?? [];
    private readonly IReadOnlyList<TimelineHistory> _known = [.. (log?.Histories() ?? []).Concat(histories)];

    /// <summary>Of an archive by itself: what a copy knows besides is none of its log.</summary>
    public static RecoveryTimelines Of(IWalArchive archive) => new(archive.Location, archive, [], []);

    /// <summary>
    /// Every history, one of a number; of those that disagree the one on the way to a timeline. A recovered server takes the first
    /// number that none of them has for its own.
    /// </summary>
    public IReadOnlyList<TimelineHistory> Histories(TimelineHistory followed) =>
        [.. _known.GroupBy(history => history.Timeline).OrderBy(same => same.Key).Select(same => followed.Of(same.Key) ?? same.First())];

    /// <summary>The newest, as PostgreSQL counts them.</summary>
    /// <exception cref="LettaDrException">Its history is missing, or there are two of it.</exception>
    public TimelineHistory Newest => Find(_files.Select(file => file.Segment.Timeline).Concat(copies.Select(copy => copy.Timeline))
        .Concat(_known.Select(history => history.Timeline)).DefaultIfEmpty(1U).Max());

    /// <summary>Chooses the timeline to follow.</summary>
    /// <param name="asked">The one that was asked for; null for the newest, as PostgreSQL counts them.</param>
    /// <param name="cancellationToken">Stops the reading of the log.</param>
    /// <exception cref="LettaDrException">Nobody knows where it comes from, or which one is wanted.</exception>
    public TimelineHistory Choose(uint? asked, CancellationToken cancellationToken)
    {
        if (asked is { } timeline)
        {
            return Find(timeline);
        }

        var newest = Newest;
        RequireUndisputed(newest, cancellationToken);
        return newest;
    }

    /// <summary>The timelines that something was kept of which is not on the way to another.</summary>
    public IReadOnlyList<uint> Beside(TimelineHistory followed) =>
    [
        .. _files.Where(file => LeftAt(followed, file.Segment.Timeline) is { } left && file.Segment.End > left).Select(file => file.Segment.Timeline)
            .Concat(copies.Where(copy => !RecoveryBase.IsOnTheWay(copy, followed)).Select(copy => copy.Timeline)).Distinct().Order(),
    ];

    private TimelineHistory Find(uint timeline)
    {
        var found = _known.Where(history => history.Timeline == timeline).ToList();
        if (found.Count == 0)
        {
            return timeline == 1 ? new TimelineHistory { Timeline = 1 } : throw new LettaDrException(
                "TimelineHistoryMissing", FaultKind.DataCorrupt,
                $"There is log or a copy of timeline {timeline} in {location}, and not its history {new TimelineHistory { Timeline = timeline }.FileName}, which says where it left an older one.",
                "Copy that file from pg_wal of a server that has it, or follow an older timeline by -Timeline.", location);
        }

        return found.Find(other => !other.IsSameAs(found[0])) is not { } other ? found[0] : throw new LettaDrException(
            "TimelineAmbiguous", FaultKind.DataCorrupt,
            $"Two servers have called their timeline {timeline} in {location}: one left {found[0].Switches[^1]}, the other {other.Switches[^1]}.",
            "Move what is kept of the one that is not wanted to another place, and run the command again.", location);
    }

    /// <summary>
    /// A server that was put back to an older timeline goes on there, and the newest by number is what it was put back from. That
    /// shows in when each was last written to.
    /// </summary>
    private void RequireUndisputed(TimelineHistory followed, CancellationToken cancellationToken)
    {
        var beside = Beside(followed);
        if (beside.Count == 0)
        {
            return;
        }

        var reached = LastOf(followed, followed.Timeline, copy => copy.Timeline == followed.Timeline, cancellationToken);
        foreach (var timeline in beside)
        {
            var history = followed.Of(timeline) ?? _known.FirstOrDefault(known => known.Timeline == timeline) ?? new TimelineHistory { Timeline = timeline };
            if (LastCommit(history, LeftAt(followed, timeline)!.Value, cancellationToken) is var commit
                && Newer(commit, LastCopy(copy => copy.Timeline == timeline && !RecoveryBase.IsOnTheWay(copy, followed))) is { } last && !(reached >= last))
            {
                throw Undecided(followed, reached, timeline, last);
            }
        }
    }

    /// <summary>When a timeline was last written to after it had begun; null when nothing is kept that tells.</summary>
    private DateTimeOffset? LastOf(TimelineHistory history, uint timeline, Func<ClusterPart, bool> isOfIt, CancellationToken cancellationToken)
    {
        var begun = history.Switches.Count > 0 ? history.Switches[^1].At : default;
        var last = Newer(LastCommit(history, begun, cancellationToken), LastCopy(isOfIt));
        return last ?? _files.Where(file => file.Segment.Timeline == timeline).Select(file => (DateTimeOffset?)file.WrittenAt).Max();
    }

    private DateTimeOffset? LastCopy(Func<ClusterPart, bool> isWanted) => copies.Where(isWanted).Select(copy => (DateTimeOffset?)copy.SnapshotTime).Max();

    /// <summary>The last commit on a timeline after a position.</summary>
    private DateTimeOffset? LastCommit(TimelineHistory history, Lsn after, CancellationToken cancellationToken) =>
        log is not null && _files.Any(file => file.Segment.Timeline == history.Timeline)
        && WalTail.Read(log, history, null, cancellationToken).End is { LastCommit: { } position, LastCommitTime: var time } && position > after ? time : null;

    /// <summary>Where a timeline stops being on the way to another: at its beginning, where it never was.</summary>
    private static Lsn? LeftAt(TimelineHistory followed, uint timeline) => timeline == followed.Timeline
        ? null : followed.Switches.FirstOrDefault(left => left.Timeline == timeline)?.At ?? default(Lsn);

    private static DateTimeOffset? Newer(DateTimeOffset? one, DateTimeOffset? other) => one > other || other is null ? one : other;

    private LettaDrException Undecided(TimelineHistory followed, DateTimeOffset? reached, uint timeline, DateTimeOffset last) => new(
        "TimelineUndecided", FaultKind.InvalidArgument,
        string.Create(
            CultureInfo.InvariantCulture,
            $"Timeline {followed.Timeline} is the newest in {location}, and {(reached is { } time ? $"was last written to at {time:u}" : "nothing that was written on it is kept")}; timeline {timeline} goes on beside it until {last:u}, as when a restore was undone."),
        string.Create(CultureInfo.InvariantCulture, $"Say which one is wanted: -Timeline {timeline}, or -Timeline {followed.Timeline}."), location);
}
