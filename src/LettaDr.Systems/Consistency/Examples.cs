namespace LettaDr.Systems;

/// <summary>Lists in evidence: how many, and the first few.</summary>
internal static class Examples
{
    private const int Shown = 3;

    /// <summary>E.g. <c>a, b, c and 4 more</c>.</summary>
    public static string List(IReadOnlyCollection<string> items) => List(items.Take(Shown), items.Count);

    /// <summary>The first few of <paramref name="total"/>, which are not all at hand.</summary>
    public static string List(IEnumerable<string> first, long total)
    {
        var shown = first.ToList();
        var text = string.Join(", ", shown);
        return total > shown.Count ? $"{text} and {total - shown.Count} more" : text;
    }

    /// <summary>E.g. <c>1 row</c>, <c>2 rows</c>.</summary>
    public static string Count(long number, string singular, string? plural = null) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{number:#,0} {(number == 1 ? singular : plural ?? singular + "s")}");
}
