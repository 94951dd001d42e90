using System.Globalization;

namespace LettaDr;

/// <summary>Numbers of things in sentences.</summary>
internal static class Count
{
    /// <summary>E.g. <c>1 set</c>, <c>10,000 sets</c>.</summary>
    public static string Of(long number, string thing) => Number(number) + " " + (number == 1 ? thing : thing + "s");

    /// <summary>With commas between thousands.</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
