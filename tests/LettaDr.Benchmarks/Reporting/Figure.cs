using System.Globalization;

namespace LettaDr.Benchmarks;

/// <summary>A figure that has a limit.</summary>
/// <param name="What">What it is of.</param>
/// <param name="Unit"><c>ratio</c>, <c>seconds</c> or <c>MB</c>.</param>
/// <param name="Value">What was measured.</param>
/// <param name="Limit">What it may be at most; at least, where more is better.</param>
/// <param name="MoreIsBetter">Whether the limit is the least that it may be.</param>
internal sealed record Figure(string What, string Unit, double Value, double Limit, bool MoreIsBetter = false)
{
    private int Digits => Unit == "MB" ? 0 : 2;

    /// <summary>Whether it meets its limit as printed.</summary>
    public bool IsMet => MoreIsBetter ? Math.Round(Value, Digits) >= Limit : Math.Round(Value, Digits) <= Limit;

    /// <summary><c>what: ratio 0.48 limit 0.55</c>, or <c>what: ratio 0.98 at least 0.95</c>.</summary>
    public override string ToString()
    {
        var format = Digits == 0 ? "0" : "0.00";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{What}: {Unit} {Value.ToString(format, CultureInfo.InvariantCulture)} {(MoreIsBetter ? "at least" : "limit")} {Limit.ToString(format, CultureInfo.InvariantCulture)}");
    }
}
