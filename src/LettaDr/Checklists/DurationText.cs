using System.Globalization;

namespace LettaDr;

/// <summary>Times as tables and sentences show them; objects themselves keep the time.</summary>
internal static class DurationText
{
    /// <summary>E.g. <c>0:12:05</c>, with days before it where there are any.</summary>
    public static string Of(TimeSpan time) => time.ToString(time.Days == 0 ? @"h\:mm\:ss" : @"d\.hh\:mm\:ss", CultureInfo.InvariantCulture);

    /// <summary>As <see cref="Of"/>, with a word before it where a second is not reached.</summary>
    public static string InWords(TimeSpan time) => time < TimeSpan.FromSeconds(1) ? "less than a second" : Of(time);
}
