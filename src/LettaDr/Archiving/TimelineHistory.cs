using System.Globalization;

namespace LettaDr;

/// <summary>Where a timeline comes from: the timelines before it, and where each was left; from PostgreSQL's history file.</summary>
/// <remarks>PostgreSQL manual, section 25.3.6 (Timelines).</remarks>
public sealed record TimelineHistory
{
    private const string Extension = ".history";

    /// <summary>The timeline.</summary>
    public required uint Timeline { get; init; }

    /// <summary>The timelines before it, oldest first; none for the first timeline.</summary>
    public IReadOnlyList<TimelineSwitch> Switches { get; init; } = [];

    /// <summary>Name of the history file, e.g. <c>00000002.history</c>.</summary>
    public string FileName => string.Create(CultureInfo.InvariantCulture, $"{Timeline:X8}{Extension}");

    /// <summary>Reads the name of a history file.</summary>
    /// <param name="name">The name, e.g. <c>00000002.history</c>.</param>
    /// <param name="timeline">The timeline; nought when it is no such name.</param>
    internal static bool TryParseName(string name, out uint timeline)
    {
        timeline = 0;
        return name.EndsWith(Extension, StringComparison.Ordinal)
            && uint.TryParse(name.AsSpan(0, name.Length - Extension.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out timeline);
    }

    /// <summary>The history of a timeline on the way to this one; null for one that is not.</summary>
    internal TimelineHistory? Of(uint timeline)
    {
        var before = Switches.TakeWhile(left => left.Timeline != timeline).ToList();
        return timeline == Timeline ? this : before.Count == Switches.Count ? null : new TimelineHistory { Timeline = timeline, Switches = before };
    }

    /// <summary>Whether both come the same way, whatever words PostgreSQL had for it.</summary>
    internal bool IsSameAs(TimelineHistory other) => Timeline == other.Timeline
        && Switches.Select(left => (left.Timeline, left.At)).SequenceEqual(other.Switches.Select(left => (left.Timeline, left.At)));

    /// <summary>The timeline that the byte at a position lies on, seen from this one.</summary>
    public uint TimelineAt(Lsn position) => Switches.FirstOrDefault(left => position < left.At)?.Timeline ?? Timeline;

    /// <summary>The text of the history file.</summary>
    public string Write() => string.Concat(Switches.Select(left => string.Create(CultureInfo.InvariantCulture, $"{left.Timeline}\t{left.At}\t{left.Reason}\n")));

    /// <summary>Reads a history file.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static TimelineHistory Parse(uint timeline, string text)
    {
        var switches = new List<TimelineSwitch>();
        foreach (var line in text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var fields = line.Split('\t', 3);
            if (fields.Length < 2 || !uint.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var before)
                || !Lsn.TryParse(fields[1], out var at))
            {
                throw new FormatException($"The history of timeline {timeline} has a line that is none: '{line}'.");
            }

            switches.Add(new TimelineSwitch(before, at, fields.Length > 2 ? fields[2] : string.Empty));
        }

        return new TimelineHistory { Timeline = timeline, Switches = switches };
    }
}
