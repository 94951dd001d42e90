using System.Collections;
using System.Globalization;

namespace LettaDr;

/// <summary>Cells as people read them; the same in every format.</summary>
internal static class ReportText
{
    public static string Of(object? value) => value switch
    {
        null => string.Empty,
        string text => text,
        Outcome outcome => Of(outcome),
        bool yes => yes ? "yes" : "no",
        TimeSpan time => Of(time),
        DateTimeOffset time => Of(time),
        int number => Count.Number(number),
        long number => Count.Number(number),
        ByteCount bytes => ByteSize.Format(bytes.Bytes),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable items => string.Join(", ", items.Cast<object?>().Select(Of)),
        _ => value.ToString() ?? string.Empty,
    };

    public static string Of(Outcome? outcome) => outcome switch
    {
        Outcome.Passed => "Passed",
        Outcome.Failed => "Failed",
        Outcome.NotRun => "Not run",
        _ => "Not ended",
    };

    /// <summary>UTC to the second, e.g. <c>2026-11-22 12:00:00Z</c>.</summary>
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("u", CultureInfo.InvariantCulture);

    /// <summary>E.g. <c>0.4 s</c>, and from a minute on <c>0:01:25</c>.</summary>
    public static string Of(TimeSpan time) => time < TimeSpan.FromMinutes(1) && time > TimeSpan.FromMinutes(-1)
        ? time.TotalSeconds.ToString(time < TimeSpan.FromSeconds(10) ? "0.0" : "0", CultureInfo.InvariantCulture) + " s"
        : DurationText.Of(time);
}
