using System.Globalization;
using System.Text.RegularExpressions;

namespace LettaDr;

/// <summary>Times as a plan writes them: with units, the largest first, e.g. <c>1h30m</c>.</summary>
internal static partial class PlanDuration
{
    /// <summary>The time; null when the text is none, or no time at all.</summary>
    public static TimeSpan? Parse(string text)
    {
        var match = Written().Match(text);
        var time = TimeSpan.FromDays((7 * Number("w")) + Number("d")) + TimeSpan.FromHours(Number("h"))
            + TimeSpan.FromMinutes(Number("m")) + TimeSpan.FromSeconds(Number("s"));
        return match.Success && time > TimeSpan.Zero ? time : null;

        int Number(string unit) => match.Groups[unit] is { Success: true } group ? int.Parse(group.Value, CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>The text that <see cref="Parse"/> reads; what is shorter than a second is left out.</summary>
    public static string Format(TimeSpan time)
    {
        (int Number, char Unit)[] parts = [(time.Days, 'd'), (time.Hours, 'h'), (time.Minutes, 'm'), (time.Seconds, 's')];
        return string.Concat(parts.Where(part => part.Number > 0).Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Number}{part.Unit}")));
    }

    [GeneratedRegex(@"^(?:(?<w>[0-9]{1,5})w)?(?:(?<d>[0-9]{1,5})d)?(?:(?<h>[0-9]{1,5})h)?(?:(?<m>[0-9]{1,5})m)?(?:(?<s>[0-9]{1,5})s)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Written();
}
