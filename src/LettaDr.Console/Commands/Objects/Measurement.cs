namespace LettaDr.Console.Commands;

/// <summary>What has been measured of one property so far.</summary>
internal sealed class Measurement
{
    private readonly ValueComparer _order = new(caseSensitive: false);

    private double _mean;

    private double _squares;

    /// <summary>How many values.</summary>
    public int Count { get; private set; }

    /// <summary>Their sum.</summary>
    public double Sum { get; private set; }

    /// <summary>The largest; null when there are none.</summary>
    public object? Maximum { get; private set; }

    /// <summary>The smallest; null when there are none.</summary>
    public object? Minimum { get; private set; }

    /// <summary>Their mean; null when there are none.</summary>
    public double? Average => Count == 0 ? null : Sum / Count;

    /// <summary>Standard deviation of the values as a sample.</summary>
    public double? StandardDeviation => Count == 0 ? null : Count == 1 ? 0 : Math.Sqrt(_squares / (Count - 1));

    /// <summary>Lines of text.</summary>
    public int Lines { get; private set; }

    /// <summary>Words of text.</summary>
    public int Words { get; private set; }

    /// <summary>Characters of text.</summary>
    public int Characters { get; private set; }

    /// <summary>Takes a value, with its number when numbers are asked for.</summary>
    public void Take(object value, double number)
    {
        Count++;
        Sum += number;
        double off = number - _mean;
        _mean += off / Count;
        _squares += off * (number - _mean);
        Maximum = Maximum is null || _order.Compare(value, Maximum) > 0 ? value : Maximum;
        Minimum = Minimum is null || _order.Compare(value, Minimum) < 0 ? value : Minimum;
    }

    /// <summary>Takes a text.</summary>
    public void TakeText(string text, bool ignoreBlanks)
    {
        Lines += text.Length == 0 ? 0 : text.Count(c => c == '\n') + (text.EndsWith('\n') ? 0 : 1);
        Words += text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        Characters += ignoreBlanks ? text.Count(c => !char.IsWhiteSpace(c)) : text.Length;
    }
}
