namespace LettaDr;

/// <summary>Metrics under way: each value is set at most once for the same labels, and what is not known is left out.</summary>
internal sealed class MetricBook
{
    private readonly SortedDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);

    public IReadOnlyList<MetricFamily> Families => [.. _families.Values];

    public void Set(string name, string help, double? value, params (string Name, string Value)[] labels)
    {
        if (value is { } known)
        {
            Of(name, help).Set(labels, known);
        }
    }

    public void Seconds(string name, string help, TimeSpan? value, params (string Name, string Value)[] labels) =>
        Set(name + "_seconds", help, value?.TotalSeconds, labels);

    public void Time(string name, string help, DateTimeOffset? value, params (string Name, string Value)[] labels) =>
        Set(name + "_timestamp_seconds", help, value?.ToUnixTimeMilliseconds() / 1000d, labels);

    /// <summary>One sample for each state that there is: 1 for the one that holds.</summary>
    public void State<T>(string name, string help, string label, T value, params (string Name, string Value)[] labels)
        where T : struct, Enum
    {
        foreach (var state in Enum.GetValues<T>())
        {
            Set(name, help, EqualityComparer<T>.Default.Equals(state, value) ? 1 : 0, [.. labels, (label, WordOf(state.ToString()))]);
        }
    }

    /// <summary><c>NotRun</c> as <c>not_run</c>.</summary>
    public static string WordOf(string name) => string.Concat(name.Select((letter, index) =>
        char.IsUpper(letter) ? (index > 0 && !char.IsUpper(name[index - 1]) ? "_" : string.Empty) + char.ToLowerInvariant(letter) : letter.ToString()));

    private MetricFamily Of(string name, string help)
    {
        if (!_families.TryGetValue(name, out var family))
        {
            _families.Add(name, family = new MetricFamily(name, help));
        }

        return family;
    }
}
