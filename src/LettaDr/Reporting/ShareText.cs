using System.Globalization;

namespace LettaDr;

/// <summary>Shares of a target in words.</summary>
internal static class ShareText
{
    /// <summary>E.g. <c>6 %</c>, <c>less than 1 %</c>, and <c>12.7 times</c> from twice on.</summary>
    public static string Of(double share) => share switch
    {
        <= 0 => "0 %",
        < 0.01 => "less than 1 %",
        // Never rounded to the other side of the target.
        < 1 => Math.Floor(share * 100).ToString("0", CultureInfo.InvariantCulture) + " %",
        < 2 => Math.Ceiling(share * 100).ToString("0", CultureInfo.InvariantCulture) + " %",
        _ => share.ToString("N1", CultureInfo.InvariantCulture) + " times",
    };
}
