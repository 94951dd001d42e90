using System.Globalization;

namespace LettaDr;

/// <summary>
/// The end of a timeline that was left in the middle of a segment. PostgreSQL archives that segment as <c>.partial</c>, and no recovery
/// ever asks for it: what it holds up to there is in the first segment of the next timeline too.
/// </summary>
internal static class PartialEnd
{
    /// <summary>What a recovery along a timeline does not reach, and how it is reached; null when nothing is kept in part only.</summary>
    /// <param name="log">The log.</param>
    /// <param name="partials">Segments that were archived in part.</param>
    /// <param name="asked">The timeline that is followed; null for the newest.</param>
    public static string? Describe(IWalArchive log, IReadOnlyList<WalSegment> partials, uint? asked)
    {
        var (whole, histories) = (log.Files().Select(file => file.Segment).ToList(), log.Histories());
        var timeline = asked ?? whole.Concat(partials).Select(segment => segment.Timeline)
            .Concat(histories.Select(history => history.Timeline)).DefaultIfEmpty().Max();
        var last = whole.Where(segment => segment.Timeline == timeline).Select(segment => (ulong?)segment.Number).Max();
        var ends = partials.Where(partial => partial.Timeline == timeline && !(partial.Number <= last)).ToList();
        if (ends.Count == 0)
        {
            return null;
        }

        var end = ends.MaxBy(partial => partial.Number);
        var (next, at) = histories.OrderBy(history => history.Timeline)
            .SelectMany(history => history.Switches, (history, left) => (history.Timeline, Left: left))
            .Where(way => way.Left.Timeline == timeline && way.Left.At > end.Start && way.Left.At <= end.End)
            .Select(way => (way.Timeline, way.Left.At)).FirstOrDefault();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Timeline {timeline} ends in {end}.partial, which pgBackRest gives to no recovery: what was committed in that segment is not recovered along it.")
            + (next == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" -Timeline {next} -Lsn {at} recovers all of it."));
    }
}
